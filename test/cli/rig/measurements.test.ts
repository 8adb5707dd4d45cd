import { expect } from 'chai';
import { Measurements } from '../../../cli/rig/measurements.js';
import { Standing } from '../../../cli/rig/standing.js';
import type { Signal } from '../../../firmware/signals.js';
import { FanOut } from '../../../sim/fan-out.js';

const limits = { nominalMv: 6_000, stallMa: 330, idleMa: 15, lowMv: 4_900, tooLowMv: 3_600 };

describe('what is measured at a rig', () => {
  let log: string[];
  let measurements: Measurements;
  let standing: Standing;

  beforeEach(() => {
    log = [];
    standing = new Standing();
    const observer = new FanOut([
      {
        motor: (atMs, drive) => log.push(`${atMs} motor ${drive}`),
        motorStalled: (atMs, stalled) => log.push(`${atMs} stalled ${stalled}`),
        bolt: (atMs, place) => log.push(`${atMs} bolt ${place}`),
        door: (atMs, closed) => log.push(`${atMs} closed ${closed}`),
        boardLink: (atMs, up) => log.push(`${atMs} link ${up}`),
        network: (atMs, up) => log.push(`${atMs} network ${up}`),
        cameraPower: (atMs, on) => log.push(`${atMs} camera ${on}`),
        frames: (atMs) => log.push(`${atMs} frame`),
        recorded: (atMs) => log.push(`${atMs} recorded`),
        indicator: (atMs, name, lit) => log.push(`${atMs} ${name} ${lit}`),
        alarm: (atMs, alarm, raised) => log.push(`${atMs} ${alarm} ${raised}`),
        synced: (atMs, number) => log.push(`${atMs} synced ${number}`),
        storeFault: (atMs) => log.push(`${atMs} store fault`),
      },
    ]);
    measurements = new Measurements(limits, observer);
  });

  function take(...timed: readonly (readonly [number, Signal])[]): string[] {
    for (const [atMs, signal] of timed) measurements.take(atMs, signal);
    return log;
  }

  const motor = (order: 'extend' | 'retract' | 'stop', fault: string | null = null): Signal => ({
    out: 'motor',
    order,
    fault,
  });

  it('begins with how things stand', () => {
    for (const signal of [
      { in: 'boardLink', up: true },
      { in: 'doorContact', closed: false },
      { in: 'boltSwitches', extended: true, retracted: true },
      { out: 'indicator', name: 'jam', lit: true, fault: null },
      { out: 'alarm', alarm: 'DoorAjar', raised: true },
    ] as const) {
      standing.take(0, signal);
    }
    measurements.begin(5, standing);
    expect(log).to.deep.equal(['5 link true', '5 bolt between', '5 closed false', '5 jam true', '5 DoorAjar true']);
  });

  it('takes no bolt for extended that no switch shows', () => {
    standing.take(0, { in: 'boltSwitches', extended: true, retracted: false });
    standing.take(1, { in: 'doorContact', closed: true });
    standing.take(2, { in: 'boardLink', up: false });
    expect(standing).to.include({ bolt: null, doorClosed: null, cameraPowered: null, drive: 'off' });
    measurements.begin(3, standing);
    expect(log).to.include('3 bolt between').and.to.not.include('3 closed true');
  });

  it('takes an order for what the motor does, unless it was refused', () => {
    expect(take([1, motor('extend')], [2, motor('stop')], [3, motor('retract', 'the link is down')])).to.deep.equal([
      '1 motor extend',
      '2 motor off',
    ]);
  });

  it('takes the motor for stopped once the link is lost', () => {
    standing.take(0, { in: 'boardLink', up: true });
    measurements.begin(0, standing);
    log.length = 0;
    const up = (isUp: boolean): Signal => ({ in: 'boardLink', up: isUp });
    expect(take([1, up(true)], [2, motor('extend')], [3, up(false)], [4, up(true)])).to.deep.equal([
      '2 motor extend',
      '3 link false',
      '3 motor off',
      '4 link true',
    ]);
  });

  it('feels a stall as the lock does: after the inrush, in three samples', () => {
    const sample = (atMs: number, currentMa: number): readonly [number, Signal] => [
      atMs,
      { in: 'motorCurrent', currentMa, supplyMv: 6_000 },
    ];
    take([0, motor('extend')], sample(20, 360), sample(110, 360), sample(120, 360), sample(130, 360));
    expect(take([200, motor('stop')])).to.deep.equal([
      '0 motor extend',
      '130 stalled true',
      '200 motor off',
      '200 stalled false',
    ]);
  });

  it('counts only a new picture for a frame', () => {
    const frame = (digest: number): Signal => ({ in: 'cameraFrame', sequence: 0, captureMs: 0, digest });
    expect(take([1, frame(7)], [2, frame(7)], [3, frame(8)])).to.deep.equal(['1 frame', '3 frame']);
  });

  it('tells when the store keeps, and when it does not', () => {
    const record = { number: 3, atMs: 0, utcMs: null, event: { kind: 'booted' } } as const;
    expect(
      take(
        [1, { in: 'synced', upToNumber: 3, tookMs: 2, fault: null }],
        [2, { in: 'synced', upToNumber: 4, tookMs: 2, fault: 'the disk is full' }],
        [3, { out: 'record', record, fault: null }],
        [4, { out: 'record', record, fault: 'the disk is full' }],
      ),
    ).to.deep.equal(['1 synced 3', '2 store fault', '4 store fault']);
  });
});
