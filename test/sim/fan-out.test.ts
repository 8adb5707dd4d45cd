import { expect } from 'chai';
import { FanOut } from '../../sim/fan-out.js';
import type { Observations, Observer } from '../../sim/observation.js';

/** One observation of every sort. */
const OBSERVATIONS: { [Method in keyof Observations]: Parameters<Observations[Method]> } = {
  motor: [1, 'extend'],
  motorCurrent: [2, 350],
  motorStalled: [3, true],
  bolt: [4, 'between', 1200],
  hand: [5, 'retract'],
  door: [6, false],
  lockPower: [7, false],
  host: [8, true],
  boardLink: [9, false],
  network: [10, true],
  cameraPower: [11, true],
  frames: [12, 10, 11],
  recorded: [13, 11, 12],
  fault: [14, 'camera', 'frozen', true],
  deed: [15, 'opens the door', false],
  request: [16, { kind: 'lock', personId: 'owner' }],
  calendar: [17, 1_700_000_000_000],
  indicator: [18, 'recording', true],
  record: [19, { number: 1, atMs: 19, utcMs: null, event: { kind: 'booted' } }],
  synced: [20, 1],
  storeFault: [21],
  report: [
    22,
    { position: 'locked', assumed: null, activity: 'idle', lastResult: 'ok', door: 'closed', mode: 'normal' },
  ],
  alarm: [23, 'DoorAjar', true],
  notice: [24, { number: 1, to: 'owner', kind: 'rang', visitId: null, detail: '', utcMs: null }],
  heartbeat: [25, { visitId: 'visit-1', number: 1, utcMs: null, newestNotice: 1, nextWithinMs: 12_000 }],
  finish: [26],
};

const METHODS = Object.keys(OBSERVATIONS) as (keyof Observations)[];

function call(target: Observer, method: keyof Observations): void {
  const observe = target[method] as (...heard: readonly unknown[]) => void;
  observe.apply(target, [...OBSERVATIONS[method]]);
}

/** Hears one sort of observation and writes down what it heard. */
function listener(name: string, method: keyof Observations, heard: unknown[]): Observer {
  return {
    [method]: (...told: readonly unknown[]) => {
      heard.push([name, ...told]);
    },
  };
}

describe('FanOut', () => {
  for (const method of METHODS) {
    it(`tells ${method} in order to those who listen, and to nobody else`, () => {
      const heard: unknown[] = [];
      const others = METHODS.filter((other) => other !== method).map((other) => listener('other', other, heard));
      const fanOut = new FanOut([listener('first', method, heard), ...others, listener('second', method, heard)]);
      call(fanOut, method);
      expect(heard).to.deep.equal([
        ['first', ...OBSERVATIONS[method]],
        ['second', ...OBSERVATIONS[method]],
      ]);
    });
  }

  it('needs no listener at all', () => {
    const fanOut = new FanOut([]);
    for (const method of METHODS) expect(() => call(fanOut, method)).not.to.throw();
  });

  it('calls listeners as methods of theirs', () => {
    class Counter implements Observer {
      drives = 0;

      motor(): void {
        this.drives += 1;
      }
    }
    const counter = new Counter();
    new FanOut([counter]).motor(1, 'off');
    expect(counter.drives).to.equal(1);
  });
});
