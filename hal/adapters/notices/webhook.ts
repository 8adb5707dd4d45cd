import { randomUUID } from 'node:crypto';
import type { HalFault } from '../../contracts/hal-fault.js';
import type { Heartbeat, Notice, NoticeStream, NoticeTransport } from '../../contracts/notices.js';
import { streamOf } from '../../contracts/notices.js';
import { signWebhook } from './webhook-signature.js';

/** A receiver that has not answered by then is taken for down. */
const ANSWER_MS = 10_000;

/** The receiver does not want to be asked any more (HTTP 410). */
const GONE = 410;

/** Refusals that pass by themselves: too slow, too many. */
const PASSING_REFUSALS: ReadonlySet<number> = new Set([408, 429]);

/** What is posted, as JSON. */
export type WebhookMessage = { readonly door: string; readonly stream: NoticeStream } & (
  { readonly type: 'notice'; readonly data: Notice } | { readonly type: 'heartbeat'; readonly data: Heartbeat }
);

export interface WebhookOptions {
  /** http or https. Its path may be a secret: nothing but its host is ever told. */
  readonly url: URL;
  readonly secret: Buffer;
  /** Which door speaks: a receiver may have several. */
  readonly doorId: string;
  /** One clause for a person when the receiver refuses what no later try will mend; told once, until it takes something. */
  readonly onTrouble: (trouble: string) => void;
}

/**
 * Posts notices and heartbeats, signed, to one receiver. Any 2xx acknowledges; redirects are not followed, and nobody
 * reads the answer's body.
 */
export class Webhook implements NoticeTransport {
  private readonly options: WebhookOptions;
  private troubleTold = false;
  private gone = false;
  private beating = false;

  constructor(options: WebhookOptions) {
    this.options = options;
  }

  send(notice: Notice, done: (fault: HalFault | null) => void): void {
    const stream = streamOf(notice.to);
    // A summary bears the number of the last notice that it stands for, and is another message.
    const id = `${stream}-${notice.number}${notice.kind === 'summary' ? '-summary' : ''}`;
    void this.bring(id, { type: 'notice', door: this.options.doorId, stream, data: notice }, done);
  }

  /** Skipped while the one before is still under way: a slow receiver does not gather them. */
  beat(heartbeat: Heartbeat): void {
    if (this.beating) return;
    this.beating = true;
    const message = { type: 'heartbeat', door: this.options.doorId, stream: 'home', data: heartbeat } as const;
    void this.post(randomUUID(), message).then(() => (this.beating = false));
  }

  private async bring(id: string, message: WebhookMessage, done: (fault: HalFault | null) => void): Promise<void> {
    done(await this.post(id, message));
  }

  private async post(id: string, message: WebhookMessage): Promise<HalFault | null> {
    const { url, secret } = this.options;
    // After a 410 the receiver is left alone until the lock's program starts anew.
    if (this.gone) return faultOf(`${url.host} wants no more`);
    const body = JSON.stringify(message);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signWebhook(secret, id, Date.now(), body) },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      await answer.body?.cancel();
      return this.judge(answer);
    } catch (error) {
      return faultOf(`${url.host} cannot be reached: ${reasonOf(error)}`);
    }
  }

  private judge({ ok, status }: Response): HalFault | null {
    if (ok) {
      this.troubleTold = false;
      return null;
    }
    const fault = faultOf(`${this.options.url.host} answers ${status}`);
    if (status === GONE) this.gone = true;
    if (status < 500 && !PASSING_REFUSALS.has(status) && !this.troubleTold) {
      this.troubleTold = true;
      this.options.onTrouble(fault.detail);
    }
    return fault;
  }
}

function faultOf(what: string): HalFault {
  return { part: 'notices', detail: `the webhook: ${what}` };
}

/** `fetch` says why only in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : error.message;
}
