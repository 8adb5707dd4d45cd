import type { JournalRecord } from '../../firmware/journal/records.js';
import type { RecordHandlers } from './record-readers.js';
import type { Drive } from '../observation.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { LATENCY_MS } from './truth.js';
import { entryBit, type Visit } from './visits.js';

/**
 * S7 stale authority: a visitor's retraction without a decision that was, at that instant, inside its window,
 * unrevoked as far as the lock can know, unexpired, for this door, this person, this purpose. The window is judged by
 * the true calendar; while the lock's calendar is faulty, by what the lock was given, and never by an earlier time
 * than the journal has seen.
 */
export class StaleAuthorityMonitor implements Monitor {
  readonly property = 'S7';
  readonly records: RecordHandlers = {
    entryAccepted: (nowMs, _event, { utcMs }) => {
      this.acceptedMs = nowMs;
      this.acceptedUtcMs = utcMs;
    },
    driveIntended: (_nowMs, _event, { utcMs }) => {
      this.intentUtcMs = utcMs;
    },
    calendarTrusted: (_nowMs, { utcMs }) => {
      this.trustedUtcMs = utcMs;
    },
  };
  private readonly scene: Scene;
  private readonly calendarFaults = new Set<string>();
  private acceptedMs = -Infinity;
  private acceptedUtcMs: number | null = null;
  private intentUtcMs: number | null = null;
  private highWaterUtcMs = -Infinity;
  /** What the owner has just vouched for, though the records may be ahead of it. */
  private trustedUtcMs: number | null = null;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  readonly everyRecord = (_nowMs: number, { utcMs }: JournalRecord): void => {
    if (this.trustedUtcMs !== null) this.highWaterUtcMs = this.trustedUtcMs;
    else if (utcMs !== null && utcMs > this.highWaterUtcMs) this.highWaterUtcMs = utcMs;
    this.trustedUtcMs = null;
  };

  fault(_nowMs: number, component: string, kind: string, present: boolean): void {
    if (component !== 'calendar') return;
    if (present) this.calendarFaults.add(kind);
    else this.calendarFaults.delete(kind);
  }

  motor(nowMs: number, drive: Drive): void {
    const { truth, visits } = this.scene;
    if (drive !== 'retract') return;
    if (truth.intentGoal !== 'unlocked' || truth.intentVisitId === null) return;
    const visit = visits.find(truth.intentVisitId);
    const objection =
      visit === null ? 'it is not announced, or has ended' : this.objection(nowMs, visit, truth.intentEntry ?? 0);
    if (objection !== null) {
      this.scene.violate('S7', nowMs, `the motor retracts for visit ${truth.intentVisitId}: ${objection}`);
    }
  }

  private objection(nowMs: number, visit: Visit, entry: number): string | null {
    const { grant } = visit;
    if (!visit.genuine) return 'the journal holds another grant than was given';
    if (grant.doorId !== this.scene.settings.doorId) return 'its grant is for another door';
    if ((visit.askedEntries & entryBit(entry)) === 0) return 'its own person has not asked for this entry';
    if (visit.entry !== entry) return 'this entry was never accepted';
    if (!visit.admitted) return 'the mode does not let its purpose in';
    if (visit.revokedMs < nowMs - LATENCY_MS) return 'it was revoked';
    const unauthorised = visit.revokedMs === Infinity ? this.scene.visits.authority.objection(grant) : null;
    if (unauthorised !== null) return unauthorised;
    const utcMs = this.decisionUtcMs(nowMs);
    if (utcMs === null) return 'the calendar is unset';
    if (utcMs < grant.fromUtcMs) return 'its window has not begun';
    if (utcMs - LATENCY_MS >= visit.untilUtcMs) return 'its window has passed';
    if (utcMs - LATENCY_MS >= trustedUntilUtcMs(visit)) return 'its token has expired';
    if (grant.purpose === 'guest')
      return this.scene.visits.authority.guestObjection(grant.personId, utcMs - LATENCY_MS);
    return null;
  }

  private decisionUtcMs(nowMs: number): number | null {
    if (this.calendarFaults.size === 0) return this.scene.truth.utcMs(nowMs);
    // A calendar that was lost since the decision is carried on by the monotonic clock.
    const carriedUtcMs = this.acceptedUtcMs === null ? null : this.acceptedUtcMs + nowMs - this.acceptedMs;
    const utcMs = this.intentUtcMs ?? carriedUtcMs;
    return utcMs === null ? null : Math.max(utcMs, this.highWaterUtcMs);
  }
}

/** A prolongation is a newer word than the token, and carries the visit on to its end. */
function trustedUntilUtcMs({ grant, untilUtcMs }: Visit): number {
  const byTokenUtcMs = grant.issuance?.expiresUtcMs ?? Infinity;
  return untilUtcMs > grant.untilUtcMs ? Math.max(byTokenUtcMs, untilUtcMs) : byTokenUtcMs;
}
