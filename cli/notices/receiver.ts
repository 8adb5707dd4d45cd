import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { JsonLinesFile } from '../../hal/adapters/notices/json-lines-file.js';
import type { WebhookMessage } from '../../hal/adapters/notices/webhook.js';
import { BadInput, reasonOf } from '../bad-input.js';
import { readMessage } from './message.js';
import type { News } from './receiver-state.js';
import { ReceiverState } from './receiver-state.js';

/** Chosen: some 50,000 notices; as many again are in the file before. */
const FILE_BYTES_MAX = 16 * 1024 * 1024;

/** No message is longer, and so no line of it. */
const LINE_CHARS_MAX = 128 * 1024;

const lineSchema = v.object({ receivedUtcMs: v.number(), sentUtcMs: v.number(), message: v.looseObject({}) });

export interface ReceiverOptions {
  /** Where received messages are kept, or `null`: then a restart begins anew. */
  readonly outFile: string | null;
  readonly utcMs: () => number;
  /** A clock that never goes back. */
  readonly nowMs: () => number;
  readonly onNews: (news: News) => void;
  /** What was told before a restart, in the same order. */
  readonly onRestored: (news: News) => void;
}

/**
 * Takes messages one after the other: keeps each before it is acknowledged, then says what it means. Watches over the
 * time between them.
 */
export class Receiver {
  private readonly options: ReceiverOptions;
  private readonly state = new ReceiverState();
  private readonly file: JsonLinesFile | null;
  private latest: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;

  private constructor(options: ReceiverOptions) {
    this.options = options;
    this.file = options.outFile === null ? null : new JsonLinesFile(options.outFile, FILE_BYTES_MAX);
  }

  /** Goes on where the file ends. Throws `BadInput` if it cannot be read. */
  static async open(options: ReceiverOptions): Promise<Receiver> {
    const receiver = new Receiver(options);
    if (options.outFile !== null) {
      await receiver.restore(`${options.outFile}.old`);
      await receiver.restore(options.outFile);
    }
    receiver.arm();
    return receiver;
  }

  /** Resolves once the message is kept: then it may be acknowledged. Rejects if it cannot be kept: then it is not taken. */
  take(message: WebhookMessage, sentUtcMs: number): Promise<void> {
    const taken = this.latest.then(() => this.takeNext(message, sentUtcMs));
    this.latest = taken.catch(() => {});
    return taken;
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private async takeNext(message: WebhookMessage, sentUtcMs: number): Promise<void> {
    const { nowMs, utcMs } = this.options;
    const receivedUtcMs = utcMs();
    if (this.state.mustKeep(message)) await this.file?.append({ receivedUtcMs, sentUtcMs, message });
    this.tell(this.state.take({ message, sentUtcMs, utcMs: receivedUtcMs, nowMs: nowMs() }));
    this.arm();
  }

  private tell(allNews: readonly News[]): void {
    for (const news of allNews) this.options.onNews(news);
  }

  private arm(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    const { dueMs } = this.state;
    this.timer = dueMs === Infinity ? null : setTimeout(() => this.wake(), dueMs - this.options.nowMs());
  }

  /** A timer may come a little early. */
  private wake(): void {
    this.tell(this.state.pass(this.options.nowMs()));
    this.arm();
  }

  private async restore(path: string): Promise<void> {
    try {
      if ((await stat(path).catch(ignoreMissing)) === undefined) return;
      const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
      for await (const line of lines) this.restoreLine(line);
    } catch (error) {
      throw new BadInput(`${path}: cannot be read: ${reasonOf(error)}; name another file with --out`, { cause: error });
    }
  }

  /**
   * As if it came now: what this receiver has missed is no lock's silence. A line that was cut short says nothing: its
   * message was not acknowledged.
   */
  private restoreLine(line: string): void {
    const kept = line.length > LINE_CHARS_MAX ? null : readLine(line);
    if (kept === null) return;
    const message = readMessage(JSON.stringify(kept.message));
    if (message === null) return;
    const { nowMs, onRestored } = this.options;
    const { sentUtcMs, receivedUtcMs: utcMs } = kept;
    for (const news of this.state.take({ message, sentUtcMs, utcMs, nowMs: nowMs() })) onRestored(news);
  }
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

function readLine(line: string): v.InferOutput<typeof lineSchema> | null {
  try {
    const parsed = v.safeParse(lineSchema, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
