import type { IndicatorName } from '../hal/contracts/indicators.js';
import type { Heartbeat, Notice } from '../hal/contracts/notices.js';
import type { AlarmName, LockReport } from '../hal/contracts/report.js';
import type { JournalRecord } from '../firmware/journal/records.js';
import type { Request } from '../firmware/requests.js';

/** `both` directions at once brake the motor: it takes no current and does not turn. The lock must never ask for it. */
export type Drive = 'extend' | 'retract' | 'off' | 'both';
export type BoltPlace = 'extended' | 'retracted' | 'between';

/**
 * Everything that can be seen from outside the lock: the world's truth, and what the lock put out. Monitors, traces
 * and reports are observers; none of them ever sees the lock's own state. `nowMs` is virtual time and never goes back.
 */
export interface Observations {
  /** The bridge's pins, in truth, whoever switched them. */
  motor(nowMs: number, drive: Drive): void;
  /** In truth, not as sensed; reported at each change. */
  motorCurrent(nowMs: number, currentMa: number): void;
  /** Whether the driven motor stands still in truth; reported at each change, false when the drive ends. */
  motorStalled(nowMs: number, stalled: boolean): void;
  /**
   * Where the bolt is in truth: at a change of place, and whenever its motion starts, stops or turns. At a real door
   * nobody measures the travel: there it is `NaN`.
   */
  bolt(nowMs: number, place: BoltPlace, travelUm: number): void;
  /** A hand on the thumb-turn or key, and which way it turns. */
  hand(nowMs: number, turns: 'extend' | 'retract' | 'none'): void;
  /** The leaf in truth. */
  door(nowMs: number, closed: boolean): void;
  /** The power of lock, board and motor. */
  lockPower(nowMs: number, on: boolean): void;
  /** Whether the firmware runs: false from a crash or power failure until it boots again. */
  host(nowMs: number, running: boolean): void;
  boardLink(nowMs: number, up: boolean): void;
  network(nowMs: number, up: boolean): void;
  /** The camera's power rail in truth. */
  cameraPower(nowMs: number, on: boolean): void;
  /**
   * Genuine new frames reached the lock, one every frame interval, captured from `firstCapturedMs` to `lastCapturedMs`
   * in true time. A single frame has both equal. Frozen, replayed or late pictures are no genuine frames and are not
   * reported. The newest frame is always known here before anything else is observed at a later time.
   */
  frames(nowMs: number, firstCapturedMs: number, lastCapturedMs: number): void;
  /** The recorder has confirmed frames, the same way. */
  recorded(nowMs: number, firstCapturedMs: number, lastCapturedMs: number): void;
  /** A component begins or ceases to be faulty, in the words of the story. */
  fault(nowMs: number, component: string, kind: string, present: boolean): void;
  /** What a person did or tried at the door, in the words of the story; `done` is false where the door prevented it. */
  deed(nowMs: number, words: string, done: boolean): void;
  /** A request that reached the lock. */
  request(nowMs: number, request: Request): void;
  /** The calendar in truth, told at the start of a run; it runs with virtual time. */
  calendar(nowMs: number, trueUtcMs: number): void;
  indicator(nowMs: number, name: IndicatorName, lit: boolean): void;
  /** Handed to the store, kept or not. */
  record(nowMs: number, record: JournalRecord): void;
  /** Everything up to and including this record is durable. */
  synced(nowMs: number, upToNumber: number): void;
  /** The store refused or failed to keep something, and told the lock so. */
  storeFault(nowMs: number): void;
  report(nowMs: number, report: LockReport): void;
  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void;
  /** A notice reached its receiver. */
  notice(nowMs: number, notice: Notice): void;
  /** A heartbeat of the lock reached its receiver: no event of a story, but its absence may be. */
  heartbeat(nowMs: number, heartbeat: Heartbeat): void;
  /** The run is over. */
  finish(nowMs: number): void;
}

/** Observes what it has a method for. */
export type Observer = Partial<Observations>;
