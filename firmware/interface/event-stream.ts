import type { SSEStreamingApi } from 'hono/streaming';
import type { Door } from './door.js';
import type { DoorEvent } from './door-events.js';
import type { EventRing, NumberedEvent } from './event-ring.js';
import type { Following } from './route.js';
import { ownVisitView, statusFor } from './views.js';

/** What one stream reads, from where, and until when. */
interface Reader {
  readonly ring: EventRing<DoorEvent>;
  /** Whether ids are told: to workers not, for the numbers would tell them of other people's visits. */
  readonly isResumable: boolean;
  /** What the client has seen before; `null`: nothing of this boot. */
  readonly seen: number | null;
  /** Whether this event is for this reader. */
  readonly wants: (event: DoorEvent) => boolean;
  /** Asked before each event: rights may be taken back while a stream is open. */
  readonly mayRead: () => boolean;
  /** Whether nothing more can come. */
  readonly isOver: () => boolean;
}

/**
 * Tells events until the client leaves or may no longer hear them. It waits for the client before each event and queues
 * none: whoever is too slow finds a gap, and is told so.
 */
export async function tellEvents(stream: SSEStreamingApi, following: Following, door: Door): Promise<void> {
  const reader = readerOf(following, door);
  const { ring } = reader;
  let stopWaiting = (): void => {};
  stream.onAbort(() => stopWaiting());
  let seen = await begin(stream, following, reader, door);
  while (!stream.aborted && reader.mayRead()) {
    const reading = ring.after(seen);
    if (reading.kind === 'nothingYet') {
      if (reader.isOver()) return;
      await new Promise<void>((resolve) => {
        const unsubscribe = ring.wait(resolve);
        stopWaiting = () => {
          unsubscribe();
          resolve();
        };
      });
    } else if (reading.kind === 'gap') {
      seen = reading.from - 1;
      await tellGap(stream, reader, seen);
    } else {
      seen = reading.numbered.number;
      if (reader.wants(reading.numbered.event)) await tell(stream, reader, reading.numbered);
    }
  }
}

/** A new stream begins with how things stand; a resumed one goes on, or says that it cannot. Returns what was seen. */
async function begin(stream: SSEStreamingApi, following: Following, reader: Reader, door: Door): Promise<number> {
  const { ring, seen } = reader;
  if (following.of === 'visit') {
    const { ledger, access } = door.lock.sum;
    const entry = ledger.get(following.visitId);
    if (entry !== undefined) {
      await stream.writeSSE({ event: 'visit', data: JSON.stringify(ownVisitView(entry, access)) });
    }
    return ring.beforeOldest();
  }
  if (seen !== null) return seen;
  const now = ring.newestNumber;
  const data = JSON.stringify(statusFor(following.visitor.resident, door));
  if (following.lastEventId !== null) await tellGap(stream, reader, now);
  await stream.writeSSE({ event: 'status', data, id: ring.idOf(now) });
  return now;
}

/** What was missed is not known to be nothing; the next event follows this one. */
async function tellGap(stream: SSEStreamingApi, { ring, isResumable }: Reader, upTo: number): Promise<void> {
  await stream.writeSSE({ event: 'gap', data: '{}', ...(isResumable && { id: ring.idOf(upTo) }) });
}

function readerOf(following: Following, { desk, events, lock }: Door): Reader {
  if (following.of === 'visit') {
    const { visitId } = following;
    return {
      ring: events.workers,
      isResumable: false,
      seen: null,
      wants: (event) => event.kind === 'notice' && event.notice.visitId === visitId,
      mayRead: () => true,
      isOver: () => lock.sum.ledger.get(visitId)?.outcome !== null,
    };
  }
  const { visitor, lastEventId } = following;
  const { resident, accessKey } = visitor;
  const ring = resident.role === 'owner' ? events.owner : events.household;
  return {
    ring,
    isResumable: true,
    seen: lastEventId === null ? null : ring.numberOf(lastEventId),
    wants: () => true,
    mayRead: () => desk.personOf(accessKey)?.id === resident.id,
    isOver: () => false,
  };
}

async function tell(
  stream: SSEStreamingApi,
  { ring, isResumable }: Reader,
  { number, event }: NumberedEvent<DoorEvent>,
): Promise<void> {
  const data = JSON.stringify(dataOf(event));
  await stream.writeSSE({ event: event.kind, data, ...(isResumable && { id: ring.idOf(number) }) });
}

function dataOf(event: DoorEvent): unknown {
  switch (event.kind) {
    case 'report':
      return event.report;
    case 'alarm':
      return { alarm: event.alarm, raised: event.raised };
    case 'notice':
      return event.notice;
  }
}
