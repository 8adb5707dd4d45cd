import type { JournalEvent, JournalRecord } from '../../firmware/journal/records.js';

type EventKind = JournalEvent['kind'];

export type EventOf<Kind extends EventKind> = Extract<JournalEvent, { kind: Kind }>;

/** What to do about which kinds of record. */
export type RecordHandlers = {
  readonly [Kind in EventKind]?: (nowMs: number, event: EventOf<Kind>, record: JournalRecord) => void;
};

/** Reads some kinds of record, and is spared the others. */
export interface RecordReader {
  readonly records?: RecordHandlers;
  /** Reads every record, after the handlers of its kind. */
  readonly everyRecord?: (nowMs: number, record: JournalRecord) => void;
}

type Handler = (nowMs: number, event: JournalEvent, record: JournalRecord) => void;

/** Hands every record to those who read its kind, in the order in which they were given. */
export class RecordReaders {
  private readonly handlersByKind = new Map<string, Handler[]>();
  private readonly readersOfAll: ((nowMs: number, record: JournalRecord) => void)[] = [];

  constructor(readers: readonly RecordReader[]) {
    for (const { records, everyRecord } of readers) {
      // A handler stands under the kind of event that it takes, and is called for no other.
      for (const [kind, handler] of Object.entries(records ?? {})) this.add(kind, handler as Handler);
      if (everyRecord !== undefined) this.readersOfAll.push(everyRecord);
    }
  }

  read(nowMs: number, record: JournalRecord): void {
    const { event } = record;
    const handlers = this.handlersByKind.get(event.kind);
    if (handlers !== undefined) {
      for (const handle of handlers) handle(nowMs, event, record);
    }
    for (const read of this.readersOfAll) read(nowMs, record);
  }

  private add(kind: string, handler: Handler): void {
    const handlers = this.handlersByKind.get(kind);
    if (handlers === undefined) this.handlersByKind.set(kind, [handler]);
    else handlers.push(handler);
  }
}
