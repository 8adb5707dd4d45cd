import type { Alarm, Clock, WallClock } from '../../../hal/contracts/clock.js';
import type { Hal } from '../../../hal/contracts/hal.js';
import type { HalFault, OrderAnswer } from '../../../hal/contracts/hal-fault.js';
import type { Heartbeat, Notice, NoticeTransport } from '../../../hal/contracts/notices.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';

/** A clock that says how many alarms were made on it. */
export class CountedClock implements Clock {
  alarmsMade = 0;
  private readonly clock = new VirtualClock();

  nowMs(): number {
    return this.clock.nowMs();
  }

  alarm(fire: () => void): Alarm {
    this.alarmsMade += 1;
    return this.clock.alarm(fire);
  }

  pass(ms: number): void {
    this.clock.advanceTo(this.clock.nowMs() + ms);
  }

  /** Makes something happen at `dueMs`, before anything that the firmware sets for then from now on. */
  disturbAt(dueMs: number, fire: () => void): void {
    this.clock.alarm(fire).set(dueMs);
  }

  /** When the next alarm fires; `Infinity` if none is set. */
  nextDueMs(): number {
    return this.clock.nextDueMs();
  }
}

/** A calendar that stands wherever the test puts it, and otherwise runs with the clock. */
export class CalendarToHand implements WallClock {
  private readonly clock: Clock;
  private beginsUtcMs: number | null;
  private listener: (() => void) | null = null;

  constructor(clock: Clock, beginsUtcMs: number | null) {
    this.clock = clock;
    this.beginsUtcMs = beginsUtcMs;
  }

  nowUtcMs(): number | null {
    return this.beginsUtcMs === null ? null : this.beginsUtcMs + this.clock.nowMs();
  }

  watch(listener: () => void): void {
    this.listener = listener;
  }

  jumpTo(utcMs: number | null): void {
    this.beginsUtcMs = utcMs === null ? null : utcMs - this.clock.nowMs();
    this.listener?.();
  }
}

const UNREACHABLE: HalFault = { part: 'boltMotor', detail: 'told to refuse' };

type Listener<Contract extends { watch(listener: never): void }> = Parameters<Contract['watch']>[0];

/** What the firmware hears, by contract; every `say` is a call of the listener that the firmware gave. */
interface Listeners {
  boardLink: Listener<Hal['boardLink']>;
  networkLink: Listener<Hal['networkLink']>;
  doorContact: Listener<Hal['doorContact']>;
  boltSwitches: Listener<NonNullable<Hal['boltSwitches']>>;
  cameraPower: Listener<Hal['cameraPower']>;
  cameraFrames: Listener<Hal['cameraFrames']>;
  recorder: Listener<Hal['recorder']>;
  motorCurrent: Listener<Hal['motorCurrent']>;
}

const DEAF = (): void => {};

/** Hardware without any behaviour: it writes the orders down, and says what the test makes it say. */
export class HalToHand implements Hal {
  readonly orders: string[] = [];
  refusing = false;
  readonly say: Listeners = {
    boardLink: DEAF,
    networkLink: DEAF,
    doorContact: DEAF,
    boltSwitches: DEAF,
    cameraPower: DEAF,
    cameraFrames: DEAF,
    recorder: DEAF,
    motorCurrent: DEAF,
  };

  readonly boltMotor = {
    extend: () => this.order('extend'),
    retract: () => this.order('retract'),
    stop: () => this.order('stop'),
  };
  readonly motorCurrent = { watch: (hear: Listeners['motorCurrent']) => void (this.say.motorCurrent = hear) };
  /** `null` for a lock without. */
  boltSwitches: Hal['boltSwitches'] = {
    watch: (hear: Listeners['boltSwitches']) => void (this.say.boltSwitches = hear),
  };
  readonly doorContact = { watch: (hear: Listeners['doorContact']) => void (this.say.doorContact = hear) };
  readonly cameraPower = {
    switchOn: () => this.order('camera on'),
    switchOff: () => this.order('camera off'),
    watch: (hear: Listeners['cameraPower']) => void (this.say.cameraPower = hear),
  };
  readonly cameraFrames = { watch: (hear: Listeners['cameraFrames']) => void (this.say.cameraFrames = hear) };
  readonly recorder = {
    start: () => this.order('record'),
    stop: () => this.order('stop recording'),
    watch: (hear: Listeners['recorder']) => void (this.say.recorder = hear),
  };
  readonly networkLink = { watch: (hear: Listeners['networkLink']) => void (this.say.networkLink = hear) };
  readonly boardLink = { watch: (hear: Listeners['boardLink']) => void (this.say.boardLink = hear) };
  readonly indicators = {
    set: (name: string, lit: boolean) => this.order(`${name} ${lit ? 'lit' : 'dark'}`),
  };

  /** The orders since this was last asked. */
  takeOrders(): string[] {
    return this.orders.splice(0);
  }

  private order(words: string): OrderAnswer {
    this.orders.push(words);
    return this.refusing ? UNREACHABLE : null;
  }
}

/** A network that keeps every letter until the test answers it. */
export class PostOffice implements NoticeTransport {
  readonly letters: Notice[] = [];
  readonly heartbeats: Heartbeat[] = [];
  private readonly waiting: ((fault: HalFault | null) => void)[] = [];

  send(notice: Notice, done: (fault: HalFault | null) => void): void {
    this.letters.push(notice);
    this.waiting.push(done);
  }

  beat(heartbeat: Heartbeat): void {
    this.heartbeats.push(heartbeat);
  }

  get underWay(): number {
    return this.waiting.length;
  }

  deliver(): void {
    this.waiting.shift()?.(null);
  }

  lose(): void {
    this.waiting.shift()?.({ part: 'notices', detail: 'told to lose it' });
  }
}
