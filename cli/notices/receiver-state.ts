import type { WebhookMessage } from '../../hal/adapters/notices/webhook.js';
import type { Heartbeat, Notice, NoticeStream } from '../../hal/contracts/notices.js';
import { SilenceWatch } from './silence-watch.js';
import { StreamNumbers } from './stream-numbers.js';

/** A message, and when it was sent and received. */
export interface Received {
  readonly message: WebhookMessage;
  /** By the sender's calendar, as it has signed it. */
  readonly sentUtcMs: number;
  /** By this receiver's calendar. */
  readonly utcMs: number;
  /** On this receiver's own clock, which never goes back. */
  readonly nowMs: number;
}

/** What a receiver has to say. Times and spans in milliseconds. */
export type News = { readonly door: string } &
  /** `lateMs` after what it tells, where that is more than a minute; `null` otherwise. */
  (
    | { readonly kind: 'notice'; readonly notice: Notice; readonly lateMs: number | null }
    | { readonly kind: 'repeat'; readonly stream: NoticeStream; readonly number: number }
    | { readonly kind: 'gap'; readonly stream: NoticeStream; readonly from: number; readonly to: number }
    /** The notice that follows was missing, and comes after later ones. */
    | { readonly kind: 'filled'; readonly stream: NoticeStream; readonly number: number }
    /** The lock counts from the beginning. */
    | { readonly kind: 'anew'; readonly stream: NoticeStream }
    /** The lock had them at the heartbeat before this one, and they are still not here. */
    | { readonly kind: 'lacking'; readonly from: number; readonly to: number }
    | { readonly kind: 'lockSilent'; readonly visitId: string; readonly silentMs: number }
    | { readonly kind: 'lockHeard'; readonly silentMs: number }
  );

/** Told later than this is late. Chosen: the longest wait between two tries of a lock. */
const LATE_AFTER_MS = 60_000;

/** Doors, and streams of each, that one receiver remembers; the one that was made first is forgotten first. Chosen. */
const DOORS_MAX = 1_000;
const STREAMS_MAX = 100;

/** One lock, as it looks from here. */
class Door {
  readonly numbers = new Map<NoticeStream, StreamNumbers>();
  readonly watch = new SilenceWatch();
  /** The newest notice that the heartbeat before had, and up to where lacks have been told. */
  newestAtBeat = 0;
  lackToldUpTo = 0;
}

/**
 * What a receiver of notices knows, and what it has to say about each message: which notices are missing, repeated, or
 * late, and whether a lock falls silent while somebody is at its door. Pure: the time is handed in.
 */
export class ReceiverState {
  private readonly doors = new Map<string, Door>();

  /** When to call `pass`, on the receiver's own clock; infinite if nothing is awaited. */
  get dueMs(): number {
    let dueMs = Infinity;
    for (const { watch } of this.doors.values()) dueMs = Math.min(dueMs, watch.dueMs);
    return dueMs;
  }

  /** Whether the message must be kept to be in the same state after a restart. To be asked before it is taken. */
  mustKeep({ door, stream, type, data }: WebhookMessage): boolean {
    const known = this.doors.get(door);
    if (type === 'heartbeat') return known?.watch.begins(data) ?? true;
    return known?.numbers.get(stream)?.judge(data).kind !== 'repeat';
  }

  take(received: Received): News[] {
    const { message } = received;
    const door = remembered(this.doors, message.door, DOORS_MAX, () => new Door());
    if (message.type === 'heartbeat') return this.beat(message.door, door, message.data, received);
    return this.notice(message.door, door, message.stream, message.data, received);
  }

  /** Time has gone by. */
  pass(nowMs: number): News[] {
    const news: News[] = [];
    for (const [name, { watch }] of this.doors) {
      const silentSinceMs = watch.pass(nowMs);
      if (silentSinceMs === null || watch.visitId === null) continue;
      news.push({ kind: 'lockSilent', door: name, visitId: watch.visitId, silentMs: nowMs - silentSinceMs });
    }
    return news;
  }

  private notice(
    name: string,
    door: Door,
    stream: NoticeStream,
    notice: Notice,
    { sentUtcMs, utcMs, nowMs }: Received,
  ): News[] {
    const { number } = notice;
    const verdict = remembered(door.numbers, stream, STREAMS_MAX, () => new StreamNumbers()).take(notice);
    if (verdict.kind === 'repeat') return [{ kind: 'repeat', door: name, stream, number }];
    const silentSinceMs = stream === 'home' ? door.watch.notice(notice, sentUtcMs, nowMs) : null;
    const news = heardNews(name, silentSinceMs, nowMs);
    if (verdict.kind === 'anew') {
      news.push({ kind: 'anew', door: name, stream });
      door.newestAtBeat = 0;
      door.lackToldUpTo = 0;
    }
    if (verdict.kind === 'gap') news.push({ kind: 'gap', door: name, stream, ...verdict.missing });
    if (verdict.kind === 'filled') news.push({ kind: 'filled', door: name, stream, number });
    const ageMs = notice.utcMs === null ? 0 : utcMs - notice.utcMs;
    news.push({ kind: 'notice', door: name, notice, lateMs: ageMs > LATE_AFTER_MS ? ageMs : null });
    return news;
  }

  private beat(name: string, door: Door, heartbeat: Heartbeat, { sentUtcMs, nowMs }: Received): News[] {
    const news = heardNews(name, door.watch.beat(heartbeat, sentUtcMs, nowMs), nowMs);
    const have = Math.max(door.numbers.get('home')?.newestNumber ?? door.newestAtBeat, door.lackToldUpTo);
    if (door.newestAtBeat > have) {
      news.push({ kind: 'lacking', door: name, from: have + 1, to: door.newestAtBeat });
      door.lackToldUpTo = door.newestAtBeat;
    }
    door.newestAtBeat = heartbeat.newestNotice;
    return news;
  }
}

function heardNews(door: string, silentSinceMs: number | null, nowMs: number): News[] {
  return silentSinceMs === null ? [] : [{ kind: 'lockHeard', door, silentMs: nowMs - silentSinceMs }];
}

function remembered<Key, Value>(values: Map<Key, Value>, key: Key, most: number, make: () => Value): Value {
  const known = values.get(key);
  if (known !== undefined) return known;
  const [oldest] = values.keys();
  if (values.size >= most && oldest !== undefined) values.delete(oldest);
  const made = make();
  values.set(key, made);
  return made;
}
