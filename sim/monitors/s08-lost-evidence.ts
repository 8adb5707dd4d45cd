import type { AlarmName } from '../../hal/contracts/report.js';
import type { JournalRecord } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import type { BoltPlace, Drive } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS } from './truth.js';
import { UnansweredRequests } from './unanswered-requests.js';
import type { RecordHandlers } from './record-readers.js';

/** A stall this long is felt: inrush blanking and persistence are shorter. */
const FELT_STALL_MS = 150;
/** Chosen: what was handed over must be durable by then, or a later crash loses it. */
const DURABLE_WITHIN_MS = 1000;

/**
 * S8 lost evidence: a bolt that came to rest elsewhere, a door that moved, a request that was answered, a stall cut
 * short of the end or an alarm that the journal does not hold 100 ms later (motion while the lock is dead: 100 ms after
 * its return); a record not durable within a second; a record whose number does not follow the one before; an
 * acknowledged number used again after a boot. Excepted while the store has failed, which must raise StoreFailed.
 */
export class LostEvidenceMonitor implements Monitor {
  readonly property = 'S8';
  readonly records: RecordHandlers = {
    driveIntended: () => {
      this.endDue.disarm();
      this.placeDue.disarm();
    },
    jamDetected: (nowMs) => {
      this.noteFailure(nowMs);
    },
    driveEnded: (nowMs, { bolt }) => {
      this.noteFailure(nowMs);
      this.endDue.disarm();
      this.notePlace(bolt);
    },
    boltMovedByHand: (nowMs, { bolt }) => {
      this.noteFailure(nowMs);
      this.endDue.disarm();
      this.notePlace(bolt);
    },
    positionFound: (_nowMs, { bolt, doorClosed }) => {
      this.notePlace(bolt);
      this.noteDoor(doorClosed);
    },
    doorMoved: (_nowMs, { closed }) => {
      this.noteDoor(closed);
    },
    alarmRaised: (_nowMs, { alarm }) => {
      this.recordedAlarms.add(alarm);
    },
    alarmCleared: (_nowMs, { alarm }) => {
      this.recordedAlarms.delete(alarm);
    },
  };
  readonly everyRecord = (nowMs: number, { number, event }: JournalRecord): void => {
    this.judgeNumber(nowMs, number);
    if (event.kind !== 'noticesDelivered') this.awaitSync(nowMs, number);
    if (this.answerDue.dueMs !== Infinity && this.unanswered.answer(event)) this.answerDue.disarm();
  };

  private readonly scene: Scene;
  private readonly placeDue: Deadline;
  private readonly doorDue: Deadline;
  private readonly answerDue: Deadline;
  private readonly jamDue: Deadline;
  private readonly endDue: Deadline;
  private readonly alarmDue: Deadline;
  private readonly storeAlarmDue: Deadline;
  private readonly unanswered: UnansweredRequests;
  private recordedPlace: BoltPlace = 'extended';
  private recordedDoor = true;
  private readonly recordedAlarms = new Set<AlarmName>();
  private readonly unrecordedAlarms = new Set<AlarmName>();
  private stallBeganMs = Infinity;
  private failureRecordedMs = -Infinity;
  private lastNumber: number | null = null;
  /** The newest record that must become durable; a forgotten delivery is only repeated. */
  private evidenceNumber = -Infinity;
  /** When the oldest record was handed over that is not known to be durable. */
  private undurableSinceMs = Infinity;
  /** The host has booted, or the store refused something: the next number may be a lower one. */
  private numbersMayReturn = false;
  private storeFailed = false;
  /** The store works again once this record, or another with its number, is durable. */
  private storeFailedNumber = -Infinity;

  constructor(scene: Scene) {
    this.scene = scene;
    this.unanswered = new UnansweredRequests(scene.truth, scene.visits);
    const watch = (detail: string): Deadline =>
      scene.truth.deadlines.create((dueMs) => {
        this.violate(dueMs, detail);
      });
    this.placeDue = watch('the journal does not hold where the bolt is');
    this.doorDue = watch('the journal does not hold that the door moved');
    this.jamDue = watch('the journal does not hold that the motor was stalled');
    this.endDue = watch('the journal does not hold that the movement ended');
    this.answerDue = scene.truth.deadlines.create((dueMs) => {
      this.violate(dueMs, `the journal holds no answer to the request ${this.unanswered.giveUp()}`);
    });
    this.alarmDue = scene.truth.deadlines.create((dueMs) => {
      this.expireAlarms(dueMs);
    });
    this.storeAlarmDue = scene.truth.deadlines.create((dueMs) => {
      scene.violate('S8', dueMs, 'the store failed without StoreFailed');
    });
  }

  motor(nowMs: number, _drive: Drive, previousDrive: Drive): void {
    const { place, alive } = this.scene.truth;
    const end: BoltPlace = previousDrive === 'extend' ? 'extended' : 'retracted';
    const felt = nowMs - this.stallBeganMs >= FELT_STALL_MS && this.failureRecordedMs < this.stallBeganMs;
    if (previousDrive !== 'off' && place !== end && felt && alive) this.jamDue.arm(nowMs + LATENCY_MS);
    this.stallBeganMs = Infinity;
    this.reviewEnd(nowMs);
  }

  motorStalled(nowMs: number, stalled: boolean): void {
    if (stalled && this.stallBeganMs === Infinity) this.stallBeganMs = nowMs;
    else if (!stalled && this.scene.truth.drive !== 'off') this.stallBeganMs = Infinity;
  }

  bolt(nowMs: number): void {
    this.reviewPlace();
    this.reviewEnd(nowMs);
  }

  door(): void {
    this.reviewDoor();
  }

  host(nowMs: number, running: boolean): void {
    if (running) this.boot();
    else this.die(nowMs);
  }

  life(_nowMs: number, alive: boolean): void {
    this.reviewPlace();
    this.reviewDoor();
    if (alive) return;
    this.jamDue.disarm();
    this.endDue.disarm();
  }

  request(nowMs: number, request: Request): void {
    if (!this.scene.truth.hostRunning || !this.unanswered.add(nowMs, request)) return;
    if (this.answerDue.dueMs === Infinity) this.answerDue.arm(nowMs + LATENCY_MS);
  }

  synced(nowMs: number, upToNumber: number): void {
    this.judgeDurable(nowMs);
    if (upToNumber >= this.storeFailedNumber) this.storeFailed = false;
    if (upToNumber < this.evidenceNumber) this.undurableSinceMs = nowMs;
  }

  finish(nowMs: number): void {
    this.judgeDurable(nowMs);
  }

  storeFault(nowMs: number): void {
    this.storeFailed = true;
    this.numbersMayReturn = true;
    this.undurableSinceMs = Infinity;
    this.storeFailedNumber = this.lastNumber ?? -Infinity;
    if (!this.scene.truth.raised.has('StoreFailed')) this.storeAlarmDue.arm(nowMs + LATENCY_MS);
  }

  alarm(nowMs: number, alarm: AlarmName, raised: boolean): void {
    if (alarm === 'StoreFailed' && raised) this.storeAlarmDue.disarm();
    if (this.recordedAlarms.has(alarm) === raised) this.unrecordedAlarms.delete(alarm);
    else {
      this.unrecordedAlarms.add(alarm);
      if (this.alarmDue.dueMs === Infinity) this.alarmDue.arm(nowMs + LATENCY_MS);
    }
  }

  private noteFailure(nowMs: number): void {
    this.failureRecordedMs = nowMs;
    this.jamDue.disarm();
  }

  /** A position recorded as unknown holds all that could be known. */
  private notePlace(bolt: BoltPlace | 'unknown'): void {
    this.recordedPlace = bolt === 'unknown' ? this.scene.truth.place : bolt;
    this.reviewPlace();
  }

  private noteDoor(closed: boolean): void {
    this.recordedDoor = closed;
    this.reviewDoor();
  }

  private reviewPlace(): void {
    const { truth } = this.scene;
    const held = this.recordedPlace === truth.place;
    if (held || !truth.resting || !truth.alive) this.placeDue.disarm();
    else this.placeDue.arm(truth.due(Math.max(truth.placeSinceMs, truth.restingSinceMs), LATENCY_MS));
  }

  private reviewDoor(): void {
    const { truth } = this.scene;
    const held = this.recordedDoor === truth.doorClosed;
    if (held || !truth.alive) this.doorDue.disarm();
    else this.doorDue.arm(truth.due(truth.doorSinceMs, LATENCY_MS));
  }

  private reviewEnd(nowMs: number): void {
    const { drive, resting, place, intentGoal, alive } = this.scene.truth;
    const atGoal = place === (intentGoal === 'locked' ? 'extended' : 'retracted');
    if (drive !== 'off' || resting || !atGoal || !alive) this.endDue.disarm();
    else this.endDue.arm(nowMs + LATENCY_MS);
  }

  private boot(): void {
    this.numbersMayReturn = true;
    // What was recorded and not yet raised may have survived: then it is raised without a further record.
    for (const alarm of this.scene.truth.raised) this.recordedAlarms.add(alarm);
  }

  private die(nowMs: number): void {
    this.judgeDurable(nowMs);
    this.unanswered.giveUp();
    this.unrecordedAlarms.clear();
    this.answerDue.disarm();
    this.alarmDue.disarm();
    this.storeAlarmDue.disarm();
  }

  private awaitSync(nowMs: number, number: number): void {
    this.evidenceNumber = number;
    if (this.undurableSinceMs === Infinity) this.undurableSinceMs = nowMs;
  }

  private judgeDurable(nowMs: number): void {
    const dueMs = this.undurableSinceMs + DURABLE_WITHIN_MS;
    if (dueMs < nowMs) this.violate(dueMs, 'a record is not durable within a second');
    this.undurableSinceMs = Infinity;
  }

  private judgeNumber(nowMs: number, number: number): void {
    const last = this.lastNumber;
    const { syncedNumber } = this.scene.truth;
    this.lastNumber = number;
    if (last === null) return;
    if (number <= syncedNumber) {
      this.scene.violate('S8', nowMs, `number ${number} was acknowledged before, and is used again`);
    } else if (number > last + 1 || (number <= last && !this.numbersMayReturn)) {
      this.violate(nowMs, `record ${number} follows record ${last}`);
    }
    this.numbersMayReturn = false;
  }

  private expireAlarms(dueMs: number): void {
    for (const alarm of this.unrecordedAlarms) {
      if (this.recordedAlarms.has(alarm) !== this.scene.truth.raised.has(alarm)) {
        this.violate(dueMs, `the journal does not hold the alarm ${alarm}`);
      }
    }
    this.unrecordedAlarms.clear();
  }

  private violate(atMs: number, detail: string): void {
    if (!this.storeFailed) this.scene.violate('S8', atMs, detail);
  }
}
