import type { FetchHandler } from './fetch-handler.js';
import type { FromFront, ToFront } from './front-messages.js';
import { problem } from './problem.js';

type AskedRequest = Extract<FromFront, { kind: 'request' }>;

/** Answers what one front thread hands on, for as long as that lives. */
export class FrontTalk {
  private readonly handler: FetchHandler;
  private readonly tell: (message: ToFront) => void;
  private readonly onTrouble: (trouble: string) => void;
  /** Requests that are being answered, event streams among them: each is told when nobody waits any more. */
  private readonly departures = new Map<number, AbortController>();
  private readonly arrived: AskedRequest[] = [];

  constructor(handler: FetchHandler, tell: (message: ToFront) => void, onTrouble: (trouble: string) => void) {
    this.handler = handler;
    this.tell = tell;
    this.onTrouble = onTrouble;
  }

  hear(message: Extract<FromFront, { id: number }>): void {
    if (message.kind === 'gone') this.departures.get(message.id)?.abort();
    else this.queue(message);
  }

  /** The thread is gone, and with it whoever waits. */
  end(): void {
    for (const departure of this.departures.values()) departure.abort();
  }

  private queue(asked: AskedRequest): void {
    this.departures.set(asked.id, new AbortController());
    if (this.arrived.push(asked) === 1) setImmediate(this.serveNext);
  }

  /** One in each turn of the event loop: whatever else is due comes between. */
  private readonly serveNext = (): void => {
    const next = this.arrived.shift();
    if (this.arrived.length > 0) setImmediate(this.serveNext);
    if (next !== undefined) void this.serve(next);
  };

  private async serve(asked: AskedRequest): Promise<void> {
    const { id } = asked;
    // Who has left already may have meant what they asked all the same.
    const { signal } = this.departures.get(id) ?? new AbortController();
    const response = await this.handle(asked, signal);
    if (response.headers.get('content-type')?.startsWith('text/event-stream') === true && response.body !== null) {
      this.tell({ kind: 'answer', id, status: response.status, headers: [...response.headers], body: null });
      await this.relayEvents(id, response.body, signal);
    } else {
      await this.answer(id, response);
    }
    this.departures.delete(id);
  }

  /** Whatever becomes of it, there is an answer. */
  private async handle({ method, url, headers, body }: AskedRequest, signal: AbortSignal): Promise<Response> {
    let request: Request;
    try {
      request = new Request(url, { method, headers: headers.map(([name, value]) => [name, value]), body, signal });
    } catch {
      // The method may be one that nothing may ask with, such as TRACE.
      return problem(400);
    }
    try {
      return await this.handler(request);
    } catch (error) {
      this.onTrouble(`a request could not be answered: ${reasonOf(error)}`);
      return problem(500);
    }
  }

  private async answer(id: number, response: Response): Promise<void> {
    const { status } = response;
    const headers = [...response.headers];
    this.tell({ kind: 'answer', id, status, headers, body: new Uint8Array(await response.arrayBuffer()) });
  }

  /** What is too much for its reader is the front's concern: nobody waits here. */
  private async relayEvents(id: number, events: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<void> {
    const reader = events.getReader();
    const leave = (): void => void reader.cancel().catch(() => undefined);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave);
    try {
      for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
        if (value !== undefined) this.tell({ kind: 'piece', id, bytes: value });
      }
    } catch (error) {
      this.onTrouble(`events could not be told any more: ${reasonOf(error)}`);
    }
    this.tell({ kind: 'end', id });
  }
}

/** Node loads what requests and answers are made of at their first use: that would delay whatever else is due then. */
export async function warmUp(): Promise<void> {
  const request = new Request('http://lock/', { method: 'POST', headers: [['x', 'y']], body: new Uint8Array(1) });
  await new Response(await request.text()).arrayBuffer();
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
