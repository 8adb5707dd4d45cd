import type { Drive } from '../observation.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import { entryBit, type Visit } from './visits.js';
import type { RecordHandlers } from './record-readers.js';

/**
 * S6 reuse: an entry is granted twice: a second intent for an entry that was spent, once its movement has ended or the
 * host has rebooted; an entry that the grant does not have; a visit that ended (replaced ones too) or is announced
 * again. An entry is spent when its intent is synced, and nothing moves for a visitor before that.
 */
export class ReuseMonitor implements Monitor {
  readonly property = 'S6';
  readonly records: RecordHandlers = {
    visitAnnounced: (nowMs, { grant }) => {
      if (!this.scene.visits.hasEnded(grant.id)) return;
      this.scene.violate('S6', nowMs, `visit ${grant.id} is announced again after its end`);
    },
    driveIntended: (nowMs, { goal, visitId, entry }, { number }) => {
      if (goal === 'unlocked' && visitId !== null) this.judge(nowMs, number, visitId, entry ?? 0);
    },
    driveEnded: () => {
      this.openVisitId = null;
    },
  };
  private readonly scene: Scene;
  /** The unlocking under way, whose retries are no new entry. */
  private openVisitId: string | null = null;
  private openEntry = 0;
  /** The entry whose intent is not durable yet. */
  private unspent: Visit | null = null;
  private unspentEntry = 0;
  private unspentNumber = Infinity;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  storeFault(): void {
    this.settle();
  }

  host(_nowMs: number, running: boolean): void {
    if (!running) return;
    this.openVisitId = null;
    this.settle();
  }

  motor(nowMs: number, drive: Drive): void {
    const { truth } = this.scene;
    if (drive !== 'retract' || !truth.forVisitor()) return;
    if (truth.intentNumber > truth.syncedNumber) {
      this.scene.violate('S6', nowMs, 'the motor retracts for a visitor before the intent is durable');
    }
    this.spend();
  }

  private judge(nowMs: number, number: number, visitId: string, entry: number): void {
    this.settle();
    const visit = this.scene.visits.find(visitId);
    if (visit === null) {
      if (this.scene.visits.hasEnded(visitId)) {
        this.scene.violate('S6', nowMs, `an entry of visit ${visitId} is granted after its end`);
      }
      return;
    }
    const retry = this.openVisitId === visitId && this.openEntry === entry;
    if (entryBit(entry) === 0 || entry > visit.grant.entries) {
      this.scene.violate('S6', nowMs, `visit ${visitId} has no entry ${entry}`);
    } else if (!retry && (visit.spentEntries & entryBit(entry)) !== 0) {
      this.scene.violate('S6', nowMs, `entry ${entry} of visit ${visitId} is granted again`);
    }
    this.openVisitId = visitId;
    this.openEntry = entry;
    this.unspent = visit;
    this.unspentEntry = entry;
    this.unspentNumber = number;
  }

  /** What is durable by now is spent; what is not may have been lost with a crash or refused by the store. */
  private settle(): void {
    if (this.unspentNumber <= this.scene.truth.syncedNumber) this.spend();
    this.unspent = null;
    this.unspentNumber = Infinity;
  }

  private spend(): void {
    if (this.unspent !== null) this.unspent.spentEntries |= entryBit(this.unspentEntry);
  }
}
