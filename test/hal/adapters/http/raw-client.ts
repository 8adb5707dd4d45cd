import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createConnection } from 'node:net';

/** A client that writes whatever it likes to a Unix socket. */
export class RawClient {
  text = '';
  readonly socket: Socket;
  private readonly closed: Promise<unknown>;

  constructor(path: string) {
    this.socket = createConnection(path);
    this.socket.setEncoding('utf8');
    this.socket.on('data', (piece: string) => void (this.text += piece));
    this.socket.on('error', () => undefined);
    this.closed = once(this.socket, 'close').catch(() => undefined);
  }

  write(text: string | Uint8Array): this {
    this.socket.write(text);
    return this;
  }

  /** Until the server lets go of it; everything that it had said by then. */
  async end(): Promise<string> {
    await this.closed;
    return this.text;
  }

  /** Until the answer holds this. */
  async until(words: string): Promise<string> {
    while (!this.text.includes(words)) {
      const more = await Promise.race([once(this.socket, 'data'), this.closed]);
      if (more === undefined || this.socket.destroyed) break;
    }
    if (!this.text.includes(words)) throw new Error(`"${words}" has not come, but: ${this.text.slice(-200)}`);
    return this.text;
  }

  leave(): void {
    this.socket.destroy();
  }
}

export function get(path: string, headers = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: lock\r\n${headers}\r\n`;
}

export function post(path: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: lock\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
