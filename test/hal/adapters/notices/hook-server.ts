import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Posted {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks that does what the test says. */
export class HookServer {
  readonly posted: Posted[] = [];
  /** Answers with this; `null` breaks the connection off, and has received nothing. */
  answer: (posted: Posted, response: ServerResponse) => number | null = () => 204;
  private readonly server = createServer((request, response) => this.take(request, response));

  async listen(): Promise<URL> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    return new URL(`http://127.0.0.1:${port}/hook/very-secret-path`);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { url = '', headers } = request;
      const posted = { url, headers, body: Buffer.concat(pieces).toString() };
      const status = this.answer(posted, response);
      if (status === null) {
        request.socket.destroy();
        return;
      }
      this.posted.push(posted);
      if (!response.headersSent) response.writeHead(status);
      response.end();
    });
  }
}
