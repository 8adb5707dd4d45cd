import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Hal } from '../../../hal/contracts/hal.js';
import { parseIntelHex } from '../../../hal/intel-hex.js';
import { AvrBoard } from '../../../sim/avr/avr-board.js';
import { SimulatedHardware } from '../../../sim/hal/simulated-hardware.js';
import type { Drive } from '../../../sim/observation.js';
import { CAMERA_PROFILE, DOOR_PROFILES, LOCK_PROFILES } from '../../../sim/plant/profiles.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import type { FaultComponent } from '../../../sim/world.js';
import { GlobalTimeouts } from '../../../sim/worlds/global-timeouts.js';
import { motorLimits } from '../../../sim/worlds/motor-limits.js';
import { WiredBoardSide } from '../../../sim/worlds/wired-board-side.js';
import { FanOut } from '../../../sim/fan-out.js';
import { wiredBoard } from '../../hal/adapters/johnny-five/wired-bench.js';

const imageFile = join(import.meta.dirname, '../../../../hal/image/latchkey.hex');
const image = parseIntelHex(readFileSync(imageFile, 'utf8'), imageFile).bytes;

/** The rig's adapter on the emulated board, and a lock above it that never orders anything again. */
class StuckHost {
  readonly motor: [number, Drive][] = [];
  readonly stalls: number[] = [];
  private readonly clock = new VirtualClock();
  private readonly timeouts = new GlobalTimeouts(this.clock);
  private readonly hardware: SimulatedHardware;
  private hal: Hal | null = null;

  constructor() {
    this.hardware = this.timeouts.run(() => this.build());
    this.pass(1_000);
  }

  extend(): void {
    expect(this.hal?.boltMotor.extend()).to.equal(null);
  }

  setFault(component: FaultComponent, kind: string): void {
    this.hardware.setFault(component, kind, true);
  }

  pass(durationMs: number): void {
    this.timeouts.run(() => this.clock.advanceTo(this.clock.nowMs() + durationMs));
  }

  nowMs(): number {
    return this.clock.nowMs();
  }

  private build(): SimulatedHardware {
    const hardware = new SimulatedHardware({
      clock: this.clock,
      seed: 1,
      profiles: { lock: LOCK_PROFILES.slim, door: DOOR_PROFILES.aligned, camera: CAMERA_PROFILE },
      start: { boltExtended: false, doorClosed: true, cameraSwitchedOn: false, utcMs: 0 },
      observer: new FanOut([
        {
          motor: (nowMs, drive) => void this.motor.push([nowMs, drive]),
          motorStalled: (nowMs, stalled) => void (stalled && this.stalls.push(nowMs)),
        },
      ]),
      makeBoardSide: (surroundings) =>
        new WiredBoardSide(surroundings, {
          board: wiredBoard('arduino-uno'),
          motorLimits: motorLimits(LOCK_PROFILES.slim),
          makeDevice: (pins) => new AvrBoard(this.clock, image, pins),
          onNews: () => undefined,
        }),
      onHostUp: (hal) => (this.hal = hal),
      onHostDown: () => undefined,
    });
    hardware.begin();
    return hardware;
  }
}

describe('the board image under a host whose lock logic is stuck, while its heartbeats go on', () => {
  let host: StuckHost;

  beforeEach(() => {
    host = new StuckHost();
  });

  it('cuts a stall within 250 ms', () => {
    host.extend();
    host.pass(10_000);
    const [stalledMs = NaN] = host.stalls;
    expect(host.motor).to.have.length(2);
    expect(host.motor[1]?.[1]).to.equal('off');
    expect(host.motor[1]?.[0]).to.be.within(stalledMs + 150, stalledMs + 250);
  });

  it('cuts a drive within 3 s whose current it cannot see', () => {
    host.setFault('motorSense', 'shorted');
    host.extend();
    const orderedMs = host.nowMs();
    host.pass(10_000);
    expect(host.motor.map(([, drive]) => drive)).to.deep.equal(['extend', 'off']);
    expect(host.motor[1]?.[0]).to.be.within(orderedMs + 2_700, orderedMs + 2_900);
  });

  for (const [component, kind] of [
    ['host', 'crashed'],
    ['boardLink', 'down'],
  ] as const) {
    it(`and is off 600 ms after these cease, too: ${component} ${kind}`, () => {
      host.extend();
      host.pass(100);
      host.setFault(component, kind);
      const diedMs = host.nowMs();
      host.pass(10_000);
      expect(host.motor.map(([, drive]) => drive)).to.deep.equal(['extend', 'off']);
      expect(host.motor[1]?.[0]).to.be.within(diedMs + 300, diedMs + 600);
    });
  }
});
