import type { JournalEvent, Outcome } from '../../firmware/journal/records.js';
import type { Request } from '../../firmware/requests.js';
import type { BoltPlace } from '../observation.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS } from './truth.js';
import type { Visit } from './visits.js';
import type { RecordHandlers } from './record-readers.js';

/** A courier's time to state the departure, from the latest closing. */
const DELIVERY_STAY_MS = 60_000;
/** Chosen: how late the end of a stay may be seen. */
const STAY_GRACE_MS = 1000;
/** Chosen: entry wait, retries and stay of an entry at the very end of a window fit in. */
const AFTER_WINDOW_MS = 300_000;

type VisitEnded = Extract<JournalEvent, { kind: 'visitEnded' }>;

/**
 * L3, the outcome: every announced visit ends exactly once, at most 5 minutes after its window, a delivery 61 s after
 * its last closing. "Completed" and "departure unconfirmed" stand only with the bolt home, "left unlocked" only without,
 * "not entered" only if the door did not open for the last entry. "Completed" needs a departure that was shown (a manual
 * retraction, opening, closing) or stated, except a guest's; without one "departure unconfirmed" raises
 * DepartureUnconfirmed within 100 ms. How long the door was open is told as it was, and a delivery as claimed only if
 * somebody claimed it.
 */
export class OutcomeMonitor implements Monitor {
  readonly property = 'L3';
  readonly records: RecordHandlers = {
    entryAccepted: () => {
      this.departure = 'none';
      this.departedMs = Infinity;
      this.departedNumber = Infinity;
      this.departureForgotten = false;
      this.openedInEntry = false;
    },
    departed: (_nowMs, _event, { number }) => {
      this.departedNumber = number;
      this.departureForgotten = false;
    },
    requestRefused: (_nowMs, { request }) => {
      if (request === 'depart' && this.departure !== 'shown') this.departedMs = Infinity;
    },
    visitEnded: (nowMs, event, { number }) => {
      this.end(nowMs, number, event);
    },
  };
  private readonly scene: Scene;
  private readonly stayDue: Deadline;
  private readonly alarmDue: Deadline;
  /** What was shown since the latest entry was accepted: retracted by hand, then opened, then closed. */
  private departure: 'none' | 'retracted' | 'opened' | 'shown' = 'none';
  private departedMs = Infinity;
  /** The record of it, and whether the lock died before that was durable: then it may be taken for unconfirmed. */
  private departedNumber = Infinity;
  private departureForgotten = false;
  /** Of the visits that have not ended. */
  private readonly claimedVisits = new Set<string>();
  /** The door was opened since the latest entry was accepted. */
  private openedInEntry = false;
  /** The same before the present opening, which may be too short to be seen. */
  private openedBefore = false;
  private lockedSinceMs = -Infinity;
  /** Until when bolt and door were home; infinite while they are. */
  private lockedUntilMs = Infinity;
  /** Visits whose end is not durable, the number of its record, and those whose end a crash may have undone. */
  private readonly undurable: string[] = [];
  private undurableNumber = -Infinity;
  private readonly perhapsOpen = new Set<string>();

  constructor(scene: Scene) {
    this.scene = scene;
    this.stayDue = scene.truth.deadlines.create((dueMs) => {
      scene.violate('L3', dueMs, 'a delivery has not ended 60 s after its last closing');
    });
    this.alarmDue = scene.truth.deadlines.create((dueMs) => {
      this.judgeAlarm(dueMs);
    });
  }

  request(nowMs: number, request: Request): void {
    if (request.kind === 'claimDelivered') {
      if (this.scene.visits.find(request.visitId) !== null) this.claimedVisits.add(request.visitId);
    } else if (request.kind === 'depart') {
      const visit = this.scene.visits.current;
      const own = visit?.grant.id === request.visitId && visit.grant.personId === request.personId;
      if (own && this.openedInEntry) this.depart(nowMs);
    }
  }

  bolt(nowMs: number, place: BoltPlace): void {
    if (place !== 'extended' && this.scene.hold.sinceMs === nowMs) this.departure = 'retracted';
    this.reviewLocked(nowMs);
  }

  door(nowMs: number, closed: boolean): void {
    this.reviewLocked(nowMs);
    if (closed) this.close(nowMs);
    else this.open();
    this.reviewStay(nowMs);
  }

  host(_nowMs: number, running: boolean): void {
    if (!running) return;
    if (this.departedNumber > this.scene.truth.syncedNumber) this.departureForgotten = true;
    this.forgetDurable();
    for (const visitId of this.undurable) this.perhapsOpen.add(visitId);
  }

  life(nowMs: number): void {
    this.reviewStay(nowMs);
  }

  finish(nowMs: number): void {
    const { truth, visits } = this.scene;
    if (!truth.hostRunning || !truth.lockPowered) return;
    const offsetMs = truth.utcMs(0);
    for (const { grant, untilUtcMs, perhapsForgotten } of visits.stillOpen()) {
      const dueMs = Math.max(untilUtcMs - offsetMs, truth.hostSinceMs) + AFTER_WINDOW_MS;
      if (dueMs < nowMs && !perhapsForgotten) {
        this.scene.violate('L3', dueMs, `visit ${grant.id} has not ended 5 minutes after its window`);
      }
    }
  }

  private open(): void {
    if (this.departure === 'retracted') this.departure = 'opened';
    this.openedBefore = this.openedInEntry;
    this.openedInEntry = true;
  }

  private close(nowMs: number): void {
    if (this.scene.truth.doorFlickered) this.openedInEntry = this.openedBefore;
    if (this.departure !== 'opened') return;
    this.departure = 'shown';
    this.depart(nowMs);
  }

  private depart(nowMs: number): void {
    if (this.departedMs === Infinity) this.departedMs = nowMs;
  }

  private reviewLocked(nowMs: number): void {
    const wasLocked = this.lockedUntilMs === Infinity;
    const locked = this.scene.truth.locked();
    if (locked && !wasLocked) this.lockedSinceMs = nowMs;
    if (locked) this.lockedUntilMs = Infinity;
    else if (wasLocked) this.lockedUntilMs = nowMs;
  }

  private reviewStay(nowMs: number): void {
    const { truth, visits } = this.scene;
    const visit = visits.current;
    const last = visit !== null && visit.unlocked && visit.entry === visit.grant.entries;
    const awaited = last && visit.grant.purpose === 'delivery';
    if (!awaited || !truth.doorClosed || !truth.alive || !this.openedInEntry) this.stayDue.disarm();
    else if (this.stayDue.dueMs === Infinity) this.stayDue.arm(nowMs + DELIVERY_STAY_MS + STAY_GRACE_MS);
  }

  private end(nowMs: number, number: number, event: VisitEnded): void {
    const visit = this.scene.visits.ending;
    this.forgetDurable();
    this.undurable.push(event.visitId);
    this.undurableNumber = number;
    this.reviewStay(nowMs);
    if (visit === null) {
      if (!this.perhapsOpen.delete(event.visitId)) {
        this.scene.violate('L3', nowMs, `visit ${event.visitId} ends, and was not open`);
      }
      return;
    }
    const untruth = this.untruth(nowMs, visit, event);
    this.claimedVisits.delete(event.visitId);
    if (untruth !== null) {
      this.scene.violate('L3', nowMs, `visit ${event.visitId} ends as "${event.outcome}", ${untruth}`);
    }
    if (event.outcome === 'departureUnconfirmed') this.alarmDue.arm(nowMs + LATENCY_MS);
  }

  private forgetDurable(): void {
    if (this.undurableNumber <= this.scene.truth.syncedNumber) this.undurable.length = 0;
  }

  /** What of the visit's end is not so; `null` if all is. */
  private untruth(nowMs: number, visit: Visit, event: VisitEnded): string | null {
    if (event.deliveryClaimed && !this.claimedVisits.has(event.visitId)) return 'and nobody claimed the delivery';
    if (visit.entry === 0) return null;
    return this.outcomeUntruth(nowMs, visit, event.outcome) ?? this.durationUntruth(nowMs, visit, event.doorOpenMs);
  }

  private outcomeUntruth(nowMs: number, visit: Visit, outcome: Outcome): string | null {
    const knownMs = nowMs - LATENCY_MS;
    const opened = this.scene.truth.doorOpenings > visit.openingsBefore;
    const homeLately = this.lockedUntilMs >= knownMs;
    const homeLong = this.lockedUntilMs === Infinity && this.lockedSinceMs < knownMs;
    switch (outcome) {
      case 'completed':
        if (!homeLately) return 'and the door is not locked';
        if (!opened) return 'and the door never opened';
        return visit.grant.purpose !== 'guest' && this.departedMs === Infinity ? 'and nobody left' : null;
      case 'departureUnconfirmed':
        if (!homeLately) return 'and the door is not locked';
        return this.departedMs < knownMs && !this.departureForgotten ? 'after the departure' : null;
      case 'leftUnlocked':
        return homeLong ? 'and the door is locked' : null;
      case 'notEntered':
        return this.openedInEntry ? 'and the door was opened' : null;
      default:
        return null;
    }
  }

  private durationUntruth(nowMs: number, visit: Visit, claimedMs: number): string | null {
    const { truth } = this.scene;
    if (truth.aliveSinceMs > visit.arrivedMs) return null;
    const trulyMs = truth.doorOpenMs(nowMs) - visit.openBeforeMs;
    const toleranceMs = 2 * LATENCY_MS * (truth.doorOpenings - visit.openingsBefore);
    if (Math.abs(claimedMs - trulyMs) <= toleranceMs) return null;
    return `the door open for ${claimedMs} ms, and it was for ${trulyMs} ms`;
  }

  private judgeAlarm(dueMs: number): void {
    if (this.scene.truth.raised.has('DepartureUnconfirmed')) return;
    this.scene.violate('L3', dueMs, 'a departure is unconfirmed, and DepartureUnconfirmed not raised');
  }
}
