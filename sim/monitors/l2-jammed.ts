import type { AlarmName } from '../../hal/contracts/report.js';
import type { Request } from '../../firmware/requests.js';
import type { BoltPlace, Drive } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { ManualHold } from './manual-hold.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS, type Truth } from './truth.js';
import type { RecordHandlers } from './record-readers.js';

const MINUTE_MS = 60_000;
/** Chosen: how late the attempt of the minute may begin. */
const MINUTE_GRACE_MS = 1000;
const DOOR_SETTLING_MS = 300;

/**
 * L2, while JAMMED: owner and, in a visit, worker are told (within 100 ms, in the journal's notices). While the door is
 * closed an attempt begins every minute (+ 1 s), and no sooner without a cause; a lock request by anyone present starts
 * one within 100 ms, a closing within 400 ms, S10's hold excepted. LockJammed clears on the next good travel or when
 * measured extended with the door closed, then within 100 ms, and never otherwise.
 */
export class JammedMonitor implements Monitor {
  readonly property = 'L2';
  readonly records: RecordHandlers = {
    noticeQueued: (nowMs, { notice }) => {
      if (notice.kind !== 'alarmRaised' || notice.detail !== 'LockJammed') return;
      if (notice.to === 'owner') this.ownerToldMs = nowMs;
      else this.workerToldMs = nowMs;
    },
    driveEnded: (nowMs, { goal, result }) => {
      if (result === 'ok') this.goodTravelMs = nowMs;
      // An abandoned retraction is driven home at once.
      if (goal === 'unlocked') this.noteCause(nowMs);
    },
    requestRefused: (_nowMs, { request, personId }) => {
      if (request === 'lock' && !this.scene.visits.isPresent(personId)) this.freshDue.disarm();
    },
    visitEnded: (nowMs) => {
      this.noteCause(nowMs);
      this.review(nowMs);
    },
    modeChanged: (nowMs) => {
      this.noteCause(nowMs);
      this.review(nowMs);
    },
  };
  private readonly scene: Scene;
  private readonly tellDue: Deadline;
  private readonly minuteDue: Deadline;
  private readonly freshDue: Deadline;
  private readonly clearDue: Deadline;
  private jammed = false;
  private jammedSinceMs = -Infinity;
  private ownerToldMs = -Infinity;
  private workerToldMs = -Infinity;
  private workerConcerned = false;
  private goodTravelMs = -Infinity;
  /** Until when the door was closed and the bolt extended; infinite while they are. */
  private homeUntilMs = Infinity;
  /** When something last gave cause for a fresh attempt. */
  private causeMs = -Infinity;
  /** When the motor was last switched off, or a missed minute counted. */
  private idleSinceMs = -Infinity;

  constructor(scene: Scene) {
    this.scene = scene;
    this.tellDue = scene.truth.deadlines.create((dueMs) => {
      this.judgeTelling(dueMs);
    });
    this.freshDue = scene.truth.deadlines.create((dueMs) => {
      if (scene.hold.possiblyUntilMs > dueMs) return;
      scene.violate('L2', dueMs, 'a lock request or closing while jammed starts no attempt');
    });
    this.minuteDue = scene.truth.deadlines.create((expiredMs) => {
      this.expireMinute(expiredMs);
    });
    this.clearDue = scene.truth.deadlines.create((expiredMs) => {
      this.expireClearing(expiredMs);
    });
  }

  resume(nowMs: number): void {
    this.noteCause(nowMs);
    this.review(nowMs);
  }

  motor(nowMs: number, drive: Drive): void {
    const { series } = this.scene;
    if (drive === 'extend') this.freshDue.disarm();
    if (drive === 'off') this.idleSinceMs = nowMs;
    else if (series.drives === 1 && series.leadsToGoal(drive)) this.judgeAttempt(nowMs);
    this.review(nowMs);
  }

  bolt(nowMs: number, place: BoltPlace): void {
    const { drive, intentGoal } = this.scene.truth;
    if (place === 'retracted' && drive === 'retract' && intentGoal === 'unlocked') this.goodTravelMs = nowMs;
    if (place === 'extended') this.freshDue.disarm();
    this.review(nowMs);
  }

  door(nowMs: number, closed: boolean): void {
    this.noteCause(nowMs);
    this.freshDue.disarm();
    if (closed && !this.scene.truth.doorFlickered) this.expectAttempt(nowMs);
    this.review(nowMs);
  }

  hand(nowMs: number): void {
    this.interrupt(nowMs);
  }

  host(): void {
    this.tellDue.disarm();
  }

  life(nowMs: number): void {
    this.interrupt(nowMs);
  }

  /** During an attempt a request changes nothing. */
  request(nowMs: number, request: Request): void {
    if (!this.scene.truth.resting) return;
    this.noteCause(nowMs);
    if (request.kind === 'lock') this.expectAttempt(nowMs);
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    if (alarm !== 'LockJammed' || raised === this.jammed) return;
    this.jammed = raised;
    if (raised) {
      this.jammedSinceMs = nowMs;
      this.workerConcerned = this.scene.visits.current !== null;
      // What is raised again at boot was told when it was raised.
      if (nowMs > this.scene.truth.hostSinceMs + LATENCY_MS) this.tellDue.arm(nowMs + LATENCY_MS);
    } else {
      this.judgeClearing(nowMs);
      this.freshDue.disarm();
    }
    this.review(nowMs);
  }

  private judgeAttempt(nowMs: number): void {
    const { intentGoal } = this.scene.truth;
    const { beganJammed, previousBeganMs } = this.scene.series;
    if (intentGoal !== 'locked' || !beganJammed || this.causeMs >= previousBeganMs) return;
    if (nowMs < previousBeganMs + MINUTE_MS - LATENCY_MS) {
      this.scene.violate('L2', nowMs, 'an attempt while jammed comes before its minute, and without a cause');
    }
  }

  private judgeClearing(nowMs: number): void {
    const travelled = this.goodTravelMs >= this.jammedSinceMs;
    if (travelled || this.homeUntilMs >= nowMs - LATENCY_MS) return;
    this.scene.violate('L2', nowMs, 'LockJammed clears without a good travel, and not locked');
  }

  private noteCause(nowMs: number): void {
    this.causeMs = nowMs;
  }

  private interrupt(nowMs: number): void {
    this.noteCause(nowMs);
    this.freshDue.disarm();
    this.review(nowMs);
  }

  /** Jammed with nothing in the way of another attempt. */
  private stuck(): boolean {
    const { alive, doorClosed, place, handTurns, drive, mode } = this.scene.truth;
    const free = alive && doorClosed && handTurns === 'none' && drive === 'off' && mode !== 'passage';
    return this.jammed && free && place !== 'extended';
  }

  /** A leaf that has just closed settles first. */
  private expectAttempt(nowMs: number): void {
    const { truth, hold } = this.scene;
    if (!this.stuck() || !truth.resting || nowMs < hold.possiblyUntilMs) return;
    this.freshDue.arm(Math.max(nowMs, truth.doorSinceMs + DOOR_SETTLING_MS) + LATENCY_MS);
  }

  private review(nowMs: number): void {
    const { truth, hold } = this.scene;
    if (truth.locked()) this.homeUntilMs = Infinity;
    else if (this.homeUntilMs === Infinity) this.homeUntilMs = nowMs;
    if (!this.jammed) {
      this.minuteDue.disarm();
      this.clearDue.disarm();
      return;
    }
    if (this.stuck()) this.minuteDue.arm(this.freeSinceMs(truth, hold) + MINUTE_MS + MINUTE_GRACE_MS);
    else this.minuteDue.disarm();
    if (!truth.locked() || truth.drive !== 'off' || !truth.alive) this.clearDue.disarm();
    else this.clearDue.arm(truth.due(this.homeSinceMs(truth), LATENCY_MS));
  }

  private freeSinceMs(truth: Truth, hold: ManualHold): number {
    return Math.max(
      this.idleSinceMs,
      this.jammedSinceMs,
      truth.doorSinceMs,
      truth.aliveSinceMs,
      truth.handSinceMs,
      hold.possiblyUntilMs,
    );
  }

  private homeSinceMs(truth: Truth): number {
    return Math.max(truth.placeSinceMs, truth.doorSinceMs, truth.driveSinceMs, this.jammedSinceMs);
  }

  private expireMinute(expiredMs: number): void {
    this.review(expiredMs);
    if (this.minuteDue.dueMs > expiredMs) return;
    this.scene.violate('L2', expiredMs, 'no attempt was made for a minute while jammed');
    this.idleSinceMs = expiredMs;
    this.review(expiredMs);
  }

  private expireClearing(expiredMs: number): void {
    this.review(expiredMs);
    if (this.clearDue.dueMs > expiredMs) return;
    this.scene.violate('L2', expiredMs, 'the bolt is home, and LockJammed still raised');
  }

  private judgeTelling(dueMs: number): void {
    const raisedMs = dueMs - LATENCY_MS;
    if (this.ownerToldMs < raisedMs) this.scene.violate('L2', dueMs, 'LockJammed is raised, and the owner is not told');
    if (this.workerConcerned && this.workerToldMs < raisedMs) {
      this.scene.violate('L2', dueMs, 'LockJammed is raised in a visit, and the worker is not told');
    }
  }
}
