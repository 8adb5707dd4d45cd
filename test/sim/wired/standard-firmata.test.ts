import { expect } from 'chai';
import { encodeArm } from '../../../hal/board-protocol.js';
import { ARMING, BoardUnderTest, IN1, IN2, STATUS_QUERY } from './board-under-test.js';
import { hex } from './scripted-surroundings.js';

const CONTACT = 4;

describe('VirtualFirmataBoard with stock Firmata', () => {
  it('names itself, and knows neither arming nor status', () => {
    const bench = new BoardUnderTest('standard');
    const name = hex(Array.from('StandardFirmata.ino', (letter) => [letter.charCodeAt(0), 0]).flat());
    expect(bench.ask(0xf0, 0x79, 0xf7)).to.deep.equal([`f0 79 02 05 ${name} f7`]);
    expect(bench.ask(...STATUS_QUERY)).to.deep.equal([]);
    expect(bench.ask(...encodeArm(ARMING))).to.deep.equal([]);
    expect(bench.surroundings.levels[IN1]).to.equal('low');
  });

  it('begins with all its digital pins as outputs that are LOW', () => {
    const bench = new BoardUnderTest('standard');
    bench.device.reset();
    expect(bench.surroundings.levels.slice(2, 14)).to.deep.equal(Array<string>(12).fill('low'));
    expect(bench.surroundings.levels.slice(14)).to.deep.equal(Array<string>(6).fill('input'));
    bench.device.setPower(false);
    expect(new Set(bench.surroundings.levels)).to.deep.equal(new Set(['input']));
  });

  it('drives the motor at once, as long as nobody says otherwise, and both ways if asked', () => {
    const bench = new BoardUnderTest('standard');
    bench.host(0xf5, IN1, 1);
    bench.pass(60_000);
    expect(bench.surroundings.takeChanges()).to.deep.equal([`21 ${IN1} high`]);
    bench.ask(0xf5, IN2, 1);
    expect([bench.isDriven(IN1), bench.isDriven(IN2)]).to.deep.equal([true, true]);
    bench.ask(0xff);
    expect([bench.isDriven(IN1), bench.isDriven(IN2)]).to.deep.equal([false, false]);
  });

  it('changes the pins of a port together: no direction overlaps the other', () => {
    const bench = new BoardUnderTest('standard');
    const [lower, higher] = [2, 3];
    bench.ask(0x90, 1 << higher, 0);
    bench.surroundings.takeChanges();
    bench.host(0x90, 1 << lower, 0);
    bench.pass(5);
    expect(bench.surroundings.changes.map(({ pin, level }) => `${pin} ${level}`)).to.deep.equal(['3 low', '2 high']);
  });

  it('pulls up an input that is written HIGH, as old hosts do it', () => {
    const bench = new BoardUnderTest('standard');
    bench.surroundings.open.add(CONTACT);
    expect(bench.ask(0xf4, CONTACT, 0, 0xd0, 1)).to.deep.equal(['90 00 00']);
    expect(bench.ask(0xf5, CONTACT, 1)).to.deep.equal(['90 10 00']);
    expect(bench.surroundings.levels[CONTACT]).to.equal('inputPullUp');
  });
});
