import { expect } from 'chai';
import type { PlantStart } from '../../../sim/plant/plant.js';
import { HardwareUnderTest } from './hardware-under-test.js';

/** Hardware with a firmware that writes down all it hears, anew after each boot. */
class Listening extends HardwareUnderTest {
  heard: string[] = [];

  constructor(start: Partial<PlantStart> = {}) {
    super({ start });
    this.onHostUp = () => this.listen();
    this.hardware.begin();
  }

  /** What was heard since the last call. */
  take(): string[] {
    return this.heard.splice(0);
  }

  private listen(): void {
    const { hal, wallClock } = this.hardware;
    const hear = (words: string): number => this.heard.push(`${this.clock.nowMs()} ${words}`);
    hal.boltSwitches?.watch((extended, retracted) => hear(`switches ${extended} ${retracted}`));
    hal.doorContact.watch((closed) => hear(`closed ${closed}`));
    hal.cameraPower.watch((powered) => hear(`camera ${powered}`));
    hal.networkLink.watch((up) => hear(`network ${up}`));
    hal.boardLink.watch((up) => hear(`board ${up}`));
    hal.motorCurrent.watch((currentMa, supplyMv) => hear(`${currentMa} mA ${supplyMv} mV`));
    wallClock.watch(() => hear('calendar jumped'));
  }
}

const FIRST_READINGS = ['switches false true', 'closed true', 'camera false', 'network true', 'board true'];

function at(timeMs: number, words: readonly string[]): string[] {
  return words.map((word) => `${timeMs} ${word}`);
}

describe('SimulatedHardware', () => {
  it('reports every reading once, soon after the firmware began to watch, and not from inside the call', () => {
    const bench = new Listening();
    expect(bench.take()).to.deep.equal([]);
    bench.pass(10_000);
    expect(bench.take()).to.deep.equal(at(10, FIRST_READINGS));
  });

  it('debounces: a change is reported once it lasts', () => {
    const bench = new Listening();
    bench.pass(100);
    bench.take();
    bench.hardware.hand({ kind: 'openDoor' });
    bench.pass(19);
    expect(bench.take()).to.deep.equal([]);
    bench.pass(1);
    expect(bench.take()).to.deep.equal(['120 closed false']);
    bench.hardware.hand({ kind: 'closeDoor' });
    bench.pass(10);
    bench.hardware.hand({ kind: 'openDoor' });
    bench.pass(1_000);
    expect(bench.take()).to.deep.equal([]);
  });

  it('reports switches, camera power, links and calendar as they change', () => {
    const bench = new Listening({ boltExtended: true });
    bench.pass(100);
    bench.take();
    const { hardware } = bench;
    hardware.hand({ kind: 'turn', what: 'key', way: 'retract', holdMs: 0 });
    hardware.hal.cameraPower.switchOn();
    hardware.setFault('network', 'down', true);
    hardware.setFault('calendar', 'aDayAhead', true);
    bench.pass(1_000);
    expect(bench.take()).to.deep.equal([
      '101 calendar jumped',
      '105 camera true',
      '112 switches false false',
      '150 network false',
      '500 switches false true',
    ]);
  });

  it('reports what faulty sensors say', () => {
    const bench = new Listening();
    bench.pass(100);
    bench.take();
    bench.hardware.setFault('extendedSwitch', 'stuckOn', true);
    bench.hardware.setFault('doorContact', 'stuckOpen', true);
    bench.pass(100);
    expect(bench.take()).to.deep.equal(['105 switches true true', '120 closed false']);
    bench.hardware.setFault('motorSense', 'shorted', true);
    bench.hardware.hal.boltMotor.extend();
    bench.pass(10);
    expect(bench.take()).to.deep.equal(['210 0 mA 6178 mV']);
  });

  it('samples the motor every 10 ms of a drive and for 50 ms after, and at no other time', () => {
    const bench = new Listening();
    bench.pass(105);
    bench.take();
    bench.hardware.hal.boltMotor.extend();
    bench.pass(25);
    bench.hardware.hal.boltMotor.stop();
    bench.pass(1_000);
    expect(bench.take()).to.deep.equal([
      '115 370 mA 6178 mV',
      '125 370 mA 6178 mV',
      ...at(135, ['0 mA 6400 mV']),
      ...at(145, ['0 mA 6400 mV']),
      ...at(155, ['0 mA 6400 mV']),
      ...at(165, ['0 mA 6400 mV']),
      ...at(175, ['0 mA 6400 mV']),
    ]);
  });

  it('is deaf to the board while the link is down, and reports every input anew with its return', () => {
    const bench = new Listening();
    bench.pass(100);
    bench.take();
    bench.hardware.hal.boltMotor.extend();
    bench.hardware.setFault('boardLink', 'down', true);
    bench.hardware.hand({ kind: 'openDoor' });
    bench.pass(900);
    expect(bench.take()).to.deep.equal(['525 board false']);
    bench.hardware.setFault('boardLink', 'down', false);
    bench.pass(900);
    expect(bench.take()).to.deep.equal([
      '1050 board true',
      '1060 switches false false',
      '1060 closed false',
      '1060 camera false',
    ]);
  });

  it('reports every input anew after an outage too short to be reported itself', () => {
    const bench = new Listening();
    bench.pass(100);
    bench.take();
    bench.hardware.setFault('boardLink', 'down', true);
    bench.hardware.hand({ kind: 'openDoor' });
    bench.pass(40);
    bench.hardware.setFault('boardLink', 'down', false);
    bench.pass(900);
    expect(bench.take()).to.deep.equal(at(150, ['switches false true', 'closed false', 'camera false']));
  });

  it('takes no orders over a link that returned, until it has reported so', () => {
    const bench = new Listening();
    bench.pass(100);
    bench.hardware.setFault('boardLink', 'down', true);
    bench.pass(500);
    bench.hardware.setFault('boardLink', 'down', false);
    expect(bench.hardware.hal.boltMotor.extend()).to.not.equal(null);
    bench.pass(50);
    expect(bench.hardware.hal.boltMotor.extend()).to.equal(null);
  });

  it('tells a dead host nothing, and the next one everything', () => {
    const bench = new Listening();
    bench.pass(100);
    bench.hardware.hal.boltMotor.extend();
    bench.hardware.setFault('calendar', 'unset', true);
    bench.take();
    bench.hardware.setFault('power', 'down', true);
    bench.hardware.hand({ kind: 'openDoor' });
    bench.pass(900);
    bench.hardware.setFault('power', 'down', false);
    bench.pass(200);
    expect(bench.take()).to.deep.equal([]);
    bench.pass(800);
    const readings = ['switches false true', 'closed false', 'camera false', 'network true', 'board true'];
    expect(bench.take()).to.deep.equal(at(1_260, readings));
  });

  it('records while the recorder answers', () => {
    const bench = new Listening();
    const { recorder, cameraPower } = bench.hardware.hal;
    cameraPower.switchOn();
    const confirmations: number[] = [];
    recorder.watch(() => confirmations.push(bench.clock.nowMs()));
    bench.pass(4_000);
    bench.hardware.setFault('recorder', 'failing', true);
    const refusal = { part: 'recorder', detail: 'the recorder does not answer' };
    expect([recorder.start(), recorder.stop()]).to.deep.equal([refusal, refusal]);
    bench.pass(2_000);
    bench.hardware.setFault('recorder', 'failing', false);
    expect([recorder.start(), recorder.start()]).to.deep.equal([null, null]);
    bench.pass(1_200);
    expect(recorder.stop()).to.equal(null);
    bench.pass(2_000);
    expect(confirmations).to.deep.equal([6_560, 7_060]);
  });
});

describe('SimulatedHardware', () => {
  it('tells the observer how everything stands as it begins', () => {
    const { log } = new Listening({ boltExtended: true });
    expect(log.lines).to.deep.equal([
      '0 lockPower true',
      '0 boardLink true',
      '0 calendar 1000000',
      '0 network true',
      '0 door true',
      '0 bolt extended 25400',
      '0 cameraPower false',
      '0 host true',
    ]);
  });

  it('boots the host a quarter of a second after both power and crash are over', () => {
    const bench = new HardwareUnderTest();
    const life: string[] = [];
    bench.onHostUp = () => life.push(`${bench.clock.nowMs()} up`);
    bench.onHostDown = () => life.push(`${bench.clock.nowMs()} down`);
    const { hardware } = bench;
    hardware.begin();
    bench.pass(100);
    hardware.setFault('host', 'crashed', true);
    hardware.setFault('power', 'down', true);
    bench.pass(900);
    hardware.setFault('power', 'down', false);
    bench.pass(900);
    expect(hardware.isHostUp()).to.equal(false);
    hardware.setFault('host', 'crashed', false);
    bench.pass(100);
    hardware.setFault('power', 'down', true);
    bench.pass(100);
    hardware.setFault('power', 'down', false);
    bench.pass(1_000);
    expect(hardware.isHostUp()).to.equal(true);
    expect(life).to.deep.equal(['0 up', '100 down', '2350 up']);
    expect(bench.log.of('host')).to.deep.equal(['0 host true', '100 host false', '2350 host true']);
  });

  it('is online with host and network only', () => {
    const { hardware } = new Listening();
    expect(hardware.isOnline()).to.equal(true);
    hardware.setFault('network', 'down', true);
    expect(hardware.isOnline()).to.equal(false);
    hardware.setFault('network', 'down', false);
    hardware.setFault('host', 'crashed', true);
    expect(hardware.isOnline()).to.equal(false);
  });

  it('lets a key turn the bolt in a power cut', () => {
    const bench = new Listening({ boltExtended: true });
    bench.hardware.setFault('power', 'down', true);
    expect(bench.hardware.hand({ kind: 'turn', what: 'key', way: 'retract', holdMs: 0 })).to.equal(null);
    bench.pass(500);
    expect(bench.hardware.plant.bolt.place()).to.equal('retracted');
    expect(bench.hardware.hand({ kind: 'openDoor' })).to.equal(null);
  });

  for (const [component, kind] of [
    ['power', 'down'],
    ['host', 'crashed'],
  ] as const) {
    it(`switches the camera off, as the board loses its outputs by power or reset: ${component} ${kind}`, () => {
      const bench = new Listening();
      bench.hardware.hal.cameraPower.switchOn();
      bench.pass(1_000);
      bench.hardware.setFault(component, kind, true);
      bench.hardware.setFault(component, kind, false);
      bench.pass(1_000);
      const offMs = component === 'power' ? 1_000 : 1_250;
      expect(bench.log.of('cameraPower').slice(1)).to.deep.equal(['0 cameraPower true', `${offMs} cameraPower false`]);
    });
  }

  it('passes reports and alarms to the observer, and reads the calendar', () => {
    const { hardware, log } = new Listening();
    const report = {
      position: 'locked',
      assumed: null,
      activity: 'idle',
      lastResult: 'ok',
      door: 'closed',
      mode: 'normal',
    } as const;
    log.take();
    hardware.reports.report(report);
    hardware.reports.alarm('LockJammed', true);
    expect(log.lines).to.deep.equal([`0 report ${JSON.stringify(report)}`, '0 alarm LockJammed true']);
    expect(hardware.wallClock.nowUtcMs()).to.equal(1_000_000);
    hardware.setFault('calendar', 'unset', true);
    expect(hardware.wallClock.nowUtcMs()).to.equal(null);
  });
});
