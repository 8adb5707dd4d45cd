import { expect } from 'chai';
import * as fc from 'fast-check';
import { VirtualClock } from '../../sim/virtual-clock.js';

describe('VirtualClock', () => {
  let clock: VirtualClock;
  let fired: string[];

  beforeEach(() => {
    clock = new VirtualClock();
    fired = [];
  });

  function named(name: string): () => void {
    return () => fired.push(`${clock.nowMs()} ${name}`);
  }

  it('fires each alarm at its due time and ends at the time it was told', () => {
    clock.alarm(named('late')).set(30);
    clock.alarm(named('early')).set(10);
    clock.advanceTo(29);
    expect(fired).to.deep.equal(['10 early']);
    expect(clock.nowMs()).to.equal(29);
    clock.advanceTo(30);
    expect(fired).to.deep.equal(['10 early', '30 late']);
  });

  it('fires alarms of one instant in the order in which they were set, not made', () => {
    const [first, second, third] = ['a', 'b', 'c'].map((name) => clock.alarm(named(name)));
    second?.set(5);
    third?.set(5);
    first?.set(9);
    first?.set(5);
    clock.advanceTo(5);
    expect(fired).to.deep.equal(['5 b', '5 c', '5 a']);
  });

  it('fires an alarm once, and again only if it was set again', () => {
    const alarm = clock.alarm(() => {
      fired.push(String(clock.nowMs()));
      if (fired.length < 3) alarm.set(clock.nowMs() + 10);
    });
    alarm.set(10);
    clock.advanceTo(100);
    expect(fired).to.deep.equal(['10', '20', '30']);
  });

  it('moves an alarm that is set twice, and forgets one that is cleared', () => {
    const moved = clock.alarm(named('moved'));
    const cleared = clock.alarm(named('cleared'));
    moved.set(10);
    moved.set(20);
    cleared.set(15);
    cleared.clear();
    cleared.clear();
    clock.advanceTo(100);
    expect(fired).to.deep.equal(['20 moved']);
  });

  it('fires a time already past in the same round, without going back', () => {
    const late = clock.alarm(named('late'));
    clock.alarm(() => late.set(3)).set(10);
    clock.alarm(named('other')).set(10);
    clock.advanceTo(10);
    expect(fired).to.deep.equal(['10 other', '10 late']);
    late.set(1);
    expect(fired).to.have.length(2);
    clock.advanceTo(10);
    expect(fired).to.have.length(3);
  });

  it('halts after the present alarm and goes on from there', () => {
    clock.alarm(() => clock.halt()).set(10);
    clock.alarm(named('same instant')).set(10);
    clock.alarm(named('later')).set(20);
    clock.advanceTo(100);
    expect({ nowMs: clock.nowMs(), fired }).to.deep.equal({ nowMs: 10, fired: [] });
    expect(clock.instantIsComplete()).to.equal(false);
    clock.advanceTo(100);
    expect(fired).to.deep.equal(['10 same instant', '20 later']);
    expect(clock.instantIsComplete()).to.equal(true);
  });

  it('never goes back, never nests, and knows no time beyond all times', () => {
    clock.advanceTo(10);
    expect(() => clock.advanceTo(9)).to.throw(RangeError, 'from 10 to 9');
    expect(() => clock.advanceTo(Number.NaN)).to.throw(RangeError);
    expect(() => clock.advanceTo(Infinity)).to.throw(RangeError);
    expect(() => clock.alarm(named('never')).set(Number.NaN)).to.throw(RangeError, 'no number');
    clock.alarm(() => clock.advanceTo(20)).set(12);
    expect(() => clock.advanceTo(30)).to.throw('inside an alarm');
    clock.advanceTo(30);
    expect(clock.nowMs()).to.equal(30);
  });

  it('turns a timer storm into an error', () => {
    const storm = clock.alarm(() => storm.set(clock.nowMs()));
    storm.set(7);
    expect(() => clock.advanceTo(10)).to.throw('timer storm: 100000 alarms fired at 7 ms');
  });

  it('lets ten years of steady alarms pass without calling them a storm', () => {
    const yearMs = 365 * 86_400_000;
    let count = 0;
    const steady = clock.alarm(() => {
      count += 1;
      steady.set(clock.nowMs() + yearMs / 100_000);
    });
    steady.set(0);
    clock.advanceTo(10 * yearMs);
    expect(count).to.equal(1_000_001);
  });

  it('refuses an alarm too many', () => {
    for (let made = 0; made < 64; made += 1) clock.alarm(named('spare'));
    expect(() => clock.alarm(named('one more'))).to.throw('more than 64 alarms');
  });

  it('silences a boot of the firmware for good, and gives its alarms back', () => {
    for (let boot = 0; boot < 100; boot += 1) {
      const firmware = clock.forFirmware();
      const alarms = [1, 2, 3].map((number) => firmware.alarm(named(`alarm ${number}`)));
      for (const alarm of alarms) alarm.set(clock.nowMs() + 10);
      firmware.dispose();
      for (const alarm of alarms) alarm.set(clock.nowMs() + 20);
      clock.advanceTo(clock.nowMs() + 100);
    }
    expect(fired).to.deep.equal([]);
  });

  it('tells when the world acts next, whatever the firmware plans', () => {
    const own = clock.alarm(named('own'));
    own.set(5);
    const firmware = clock.forFirmware();
    firmware.alarm(named('firmware')).set(10);
    expect(clock.nextWorldDueMs(own)).to.equal(Infinity);
    clock.alarm(named('world')).set(20);
    expect(clock.nextWorldDueMs(own)).to.equal(20);
    expect(clock.nextDueMs()).to.equal(5);
    expect(firmware.nowMs()).to.equal(0);
  });

  it('jumps forward inside an alarm, but not beyond the limit and not back', () => {
    clock
      .alarm(() => {
        expect(clock.advanceLimitMs()).to.equal(50);
        clock.jumpTo(40);
        expect(() => clock.jumpTo(39)).to.throw(RangeError);
        expect(() => clock.jumpTo(51)).to.throw(RangeError);
      })
      .set(10);
    clock.alarm(named('overtaken')).set(20);
    clock.advanceTo(50);
    expect(fired).to.deep.equal(['40 overtaken']);
  });

  it('fires any set of alarms by due time, then by order of setting', () => {
    const settings = fc.array(fc.record({ alarm: fc.nat(7), dueMs: fc.nat(20) }), { maxLength: 60 });
    fc.assert(
      fc.property(settings, (sets) => {
        const tried = new VirtualClock();
        const order: number[] = [];
        const alarms = Array.from({ length: 8 }, (_, index) => tried.alarm(() => order.push(index)));
        for (const { alarm, dueMs } of sets) alarms[alarm]?.set(dueMs);
        tried.advanceTo(20);
        const last = new Map(sets.map(({ alarm, dueMs }, turn) => [alarm, { dueMs, turn }]));
        const expected = [...last.entries()].toSorted(([, a], [, b]) => a.dueMs - b.dueMs || a.turn - b.turn);
        expect(order).to.deep.equal(expected.map(([alarm]) => alarm));
      }),
    );
  });
});
