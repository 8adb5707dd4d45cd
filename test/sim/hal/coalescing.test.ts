import { expect } from 'chai';
import * as fc from 'fast-check';
import type { CameraProfile } from '../../../sim/plant/profiles.js';
import { CAMERA_PROFILE, DOOR_PROFILES } from '../../../sim/plant/profiles.js';
import type { FirmwareClock } from '../../../sim/virtual-clock.js';
import type { FaultComponent, HandDeed } from '../../../sim/world.js';
import { FAULT_KINDS } from '../../../sim/world.js';
import { HardwareUnderTest } from './hardware-under-test.js';
import { HeartbeatConsumer } from './heartbeat-consumer.js';

type Act =
  | { readonly act: 'drive'; readonly way: 'extend' | 'retract' }
  | { readonly act: 'record' | 'camera'; readonly on: boolean }
  | { readonly act: 'fault'; readonly component: FaultComponent; readonly kind: string; readonly present: boolean }
  | { readonly act: 'hand'; readonly deed: HandDeed };

interface Step {
  readonly afterMs: number;
  readonly act: Act;
}

/** One run of the same steps, with every heartbeat or with those that matter only. */
class Run {
  private readonly bench: HardwareUnderTest;
  private readonly consumers: HeartbeatConsumer[] = [];
  private consumer: HeartbeatConsumer | null = null;

  constructor(steps: readonly Step[], seed: number, camera: CameraProfile, coalesced: boolean) {
    this.bench = new HardwareUnderTest({ seed, camera, door: DOOR_PROFILES.misaligned });
    const { clock, hardware, log } = this.bench;
    let bootClock: FirmwareClock;
    this.bench.onHostUp = () => {
      bootClock = clock.forFirmware();
      const note = (words: string): number => log.lines.push(`${clock.nowMs()} decided ${words}`);
      this.consumer = new HeartbeatConsumer(bootClock, hardware, note);
      this.consumers.push(this.consumer);
      hardware.setQuiet(coalesced ? this.consumer : null);
      hardware.hal.cameraPower.switchOn();
    };
    this.bench.onHostDown = () => {
      bootClock.dispose();
      hardware.setQuiet(null);
      this.consumer = null;
    };
    hardware.begin();
    for (const { afterMs, act } of steps) {
      this.bench.pass(afterMs);
      this.perform(act);
    }
    this.bench.pass(20_000);
  }

  /** What happened and what was decided: everything but the heartbeats. */
  visible(): string[] {
    const heartbeats = new Set(this.heartbeats());
    return this.bench.log.lines.filter((line) => !heartbeats.has(line));
  }

  heartbeats(): string[] {
    return this.bench.log.of('frames', 'recorded');
  }

  samples(): number {
    return this.consumers.reduce((sum, { samples }) => sum + samples, 0);
  }

  /** All frames that the consumers were given. */
  frames(): Set<string> {
    return new Set(this.consumers.flatMap(({ frames }) => frames));
  }

  /** Every capture time within the runs of frames. */
  captures(intervalMs: number): number[] {
    return this.bench.log.of('frames').flatMap((line) => {
      const [, , first, last] = line.split(' ').map(Number);
      const times: number[] = [];
      for (let timeMs = first ?? 0; timeMs <= (last ?? -1); timeMs += intervalMs) times.push(timeMs);
      return times;
    });
  }

  /** The first and the last capture time that was confirmed. */
  recorded(): (string | undefined)[] {
    const lines = this.bench.log.of('recorded');
    return [lines[0]?.split(' ')[2], lines.at(-1)?.split(' ')[3]];
  }

  private perform(act: Act): void {
    const { hardware } = this.bench;
    switch (act.act) {
      case 'drive':
        this.consumer?.drive(act.way);
        return;
      case 'record':
        this.consumer?.record(act.on);
        return;
      case 'camera':
        if (act.on) hardware.hal.cameraPower.switchOn();
        else hardware.hal.cameraPower.switchOff();
        return;
      case 'fault':
        hardware.setFault(act.component, act.kind, act.present);
        return;
      case 'hand':
        hardware.hand(act.deed);
    }
  }
}

const way = fc.constantFrom<'extend' | 'retract'>('extend', 'retract');
const faults = Object.entries(FAULT_KINDS).flatMap(([component, kinds]) =>
  kinds.map((kind) => [component as FaultComponent, kind] as const),
);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: way.map((driven): Act => ({ act: 'drive', way: driven })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom<'record' | 'camera'>('record', 'camera'), fc.boolean())
      .map(([part, on]): Act => ({ act: part, on })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...faults), fc.boolean())
      .map(([[component, kind], present]): Act => ({ act: 'fault', component, kind, present })),
  },
  {
    weight: 2,
    arbitrary: fc
      .oneof(
        fc.constantFrom<HandDeed>({ kind: 'openDoor' }, { kind: 'closeDoor' }, { kind: 'mendStrikePlate' }),
        fc.nat(2_000).map((forMs): HandDeed => ({ kind: 'pullDoor', forMs })),
        fc
          .tuple(way, fc.nat(900))
          .map(([turn, holdMs]): HandDeed => ({ kind: 'turn', what: 'key', way: turn, holdMs })),
      )
      .map((deed): Act => ({ act: 'hand', deed })),
  },
);

/** Often at a multiple of 10 ms, where samples, frames and steps meet. */
const delay = fc.oneof(
  fc.nat(4_000),
  fc.nat(400).map((tens) => tens * 10),
  fc.nat(12).map((halfSeconds) => halfSeconds * 500),
);

function fault(afterMs: number, component: FaultComponent, kind: string, present: boolean): Step {
  return { afterMs, act: { act: 'fault', component, kind, present } };
}

function record(afterMs: number): Step {
  return { afterMs, act: { act: 'record', on: true } };
}

/** Its heartbeats fall in with neither the consumer's watchdogs nor one another. */
const ODD_CAMERA: CameraProfile = { ...CAMERA_PROFILE, frameIntervalMs: 70, confirmIntervalMs: 470 };

/** What random stories rarely hit. */
const corners: readonly (readonly Step[])[] = [
  // A watchdog runs out between the end of an interruption and the next heartbeat.
  [record(5_000), fault(3_000, 'recorder', 'full', true), fault(1_350, 'recorder', 'full', false)],
  [record(5_000), fault(3_000, 'recorder', 'full', true), fault(1_800, 'recorder', 'full', false)],
  [record(4_003), fault(512, 'camera', 'stalled', true), fault(486, 'camera', 'stalled', false)],
  // The motor is stopped at the instant of a sample that could have been skipped.
  [{ afterMs: 1_000, act: { act: 'drive', way: 'extend' } }, fault(395, 'extendedSwitch', 'stuckOn', true)],
];

describe('Heartbeats, coalesced', () => {
  it('leave every visible event as it is frame by frame', () => {
    const steps = fc.array(fc.record({ afterMs: delay, act }), { maxLength: 30 });
    const examples = corners.flatMap((story): [Step[], number, CameraProfile][] => [
      [[...story], 1, CAMERA_PROFILE],
      [[...story], 1, ODD_CAMERA],
    ]);
    fc.assert(
      fc.property(steps, fc.nat(), fc.constantFrom(CAMERA_PROFILE, ODD_CAMERA), (story, seed, camera) => {
        const all = new Run(story, seed, camera, false);
        const few = new Run(story, seed, camera, true);
        const { frameIntervalMs } = camera;
        expect(few.visible()).to.deep.equal(all.visible());
        expect(few.captures(frameIntervalMs)).to.deep.equal(all.captures(frameIntervalMs));
        expect(few.recorded()).to.deep.equal(all.recorded());
        const known = all.frames();
        for (const frame of few.frames()) expect(known.has(frame), frame).to.equal(true);
      }),
      { numRuns: 300, examples },
    );
  });

  it('are few: a quiet day of 864,000 frames takes some 36,000 calls, three for each round of the consumer', () => {
    const day: Step[] = [record(5_000), { afterMs: 86_400_000, act: { act: 'record', on: false } }];
    const calls = new Run(day, 1, CAMERA_PROFILE, true).heartbeats().length;
    expect(calls).to.be.within(30_000, 40_000);
  });

  it('are few during a throw, too: a dozen samples instead of a hundred', () => {
    const story: Step[] = [{ afterMs: 1_000, act: { act: 'drive', way: 'extend' } }];
    expect(new Run(story, 1, CAMERA_PROFILE, false).samples()).to.be.above(50);
    expect(new Run(story, 1, CAMERA_PROFILE, true).samples()).to.be.below(15);
  });
});
