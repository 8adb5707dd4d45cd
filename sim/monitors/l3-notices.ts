import { type Notice, type NoticeStream, streamOf } from '../../hal/contracts/notices.js';
import type { Deadline } from './deadlines.js';
import type { Monitor } from './monitor.js';
import type { Scene } from './scene.js';
import type { RecordHandlers } from './record-readers.js';

/** Chosen: with network and host up, some notice gets through in this time while any is waiting. */
const TOLD_WITHIN_MS = 60_000;

/** More than a lock has notices for a provider. Chosen, so that a run of any length stays small. */
const VISITS_REMEMBERED = 10_000;

/** A visit whose end the owner has not been told. */
interface Untold {
  readonly visitId: string;
  readonly endedMs: number;
  readonly recordNumber: number;
}

/**
 * L3, the telling: the owner is told of every visit's end at least once, in the order of the ends, also after an outage
 * of any length (a minute after network and host are back, or after the latest notice that got through). Notices come
 * in the order of their numbers, in each stream: a number may repeat, and none is left out but those that a summary
 * carries. A provider is told how visits of its own ended, and nothing else.
 */
export class NoticesMonitor implements Monitor {
  readonly property = 'L3';
  readonly records: RecordHandlers = {
    visitAnnounced: (_nowMs, { grant }) => {
      if (grant.issuance !== null) this.expectOf(grant.issuance.providerId, grant.id);
    },
    visitEnded: (nowMs, { visitId }, { number }) => {
      if (this.scene.visits.ending === null) return;
      this.untold.push({ visitId, endedMs: nowMs, recordNumber: number });
      this.review();
    },
  };
  private readonly scene: Scene;
  private readonly tellDue: Deadline;
  private untold: Untold[] = [];
  private readonly highestNumbers = new Map<NoticeStream, number>();
  /** The firms behind visits, by visit. */
  private readonly providersOf = new Map<string, string>();
  private latestNoticeMs = -Infinity;

  constructor(scene: Scene) {
    this.scene = scene;
    this.tellDue = scene.truth.deadlines.create((expiredMs) => {
      this.expire(expiredMs);
    });
  }

  notice(nowMs: number, notice: Notice): void {
    const stream = streamOf(notice.to);
    if (notice.kind === 'summary') this.fold(stream, notice);
    else this.judgeNumber(nowMs, stream, notice.number);
    if (stream !== 'home') {
      this.judgeProvider(nowMs, notice);
      return;
    }
    this.latestNoticeMs = nowMs;
    if (notice.kind === 'visitEnded' && notice.to === 'owner') this.strike(nowMs, notice.visitId);
    this.review();
  }

  network(): void {
    this.review();
  }

  /** What was not durable when the host died, it may have forgotten, and will end and tell again. */
  host(_nowMs: number, running: boolean): void {
    const { syncedNumber } = this.scene.truth;
    if (running) this.untold = this.untold.filter((untold) => untold.recordNumber <= syncedNumber);
    this.review();
  }

  private expectOf(providerId: string, visitId: string): void {
    this.providersOf.set(visitId, providerId);
    const [oldest] = this.providersOf.keys();
    if (this.providersOf.size > VISITS_REMEMBERED && oldest !== undefined) this.providersOf.delete(oldest);
  }

  /** Nobody knows what was told before the run. */
  private judgeNumber(nowMs: number, stream: NoticeStream, number: number): void {
    const highest = this.highestNumbers.get(stream) ?? number;
    if (number > highest + 1) this.scene.violate('L3', nowMs, `notice ${number} comes before notice ${highest + 1}`);
    this.highestNumbers.set(stream, Math.max(highest, number));
  }

  private judgeProvider(nowMs: number, { to, kind, visitId }: Notice): void {
    const isOwnEnd = kind === 'visitEnded' && visitId !== null && to === `provider:${this.providersOf.get(visitId)}`;
    if (isOwnEnd || kind === 'summary') return;
    this.scene.violate('L3', nowMs, `${to} is told more than how a visit of its own ended: ${kind}`);
  }

  /** A summary stands for all numbers that it carries. */
  private fold(stream: NoticeStream, summary: Notice): void {
    const carried = summary.detail.match(/\d+/gu) ?? [];
    const highest = Math.max(summary.number, ...carried.map(Number), this.highestNumbers.get(stream) ?? 0);
    this.highestNumbers.set(stream, highest);
    if (stream === 'home') this.untold = [];
  }

  private strike(nowMs: number, visitId: string | null): void {
    const index = this.untold.findIndex((untold) => untold.visitId === visitId);
    if (index > 0) this.scene.violate('L3', nowMs, 'the owner is told of a later visit before an earlier one');
    if (index >= 0) this.untold.splice(index, 1);
  }

  private review(): void {
    const oldest = this.untold[0];
    const { networkUp, networkSinceMs, hostRunning, lockPowered, hostSinceMs } = this.scene.truth;
    if (oldest === undefined || !networkUp || !hostRunning || !lockPowered) {
      this.tellDue.disarm();
      return;
    }
    const sinceMs = Math.max(oldest.endedMs, networkSinceMs, hostSinceMs, this.latestNoticeMs);
    this.tellDue.arm(sinceMs + TOLD_WITHIN_MS);
  }

  private expire(expiredMs: number): void {
    this.review();
    if (this.tellDue.dueMs > expiredMs) return;
    this.tellDue.disarm();
    const oldest = this.untold.shift();
    this.scene.violate('L3', expiredMs, `the owner is not told that visit ${oldest?.visitId ?? ''} ended`);
    this.review();
  }
}
