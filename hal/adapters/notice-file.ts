import { appendFile } from 'node:fs';
import type { HalFault } from '../contracts/hal-fault.js';
import type { Notice, NoticeTransport } from '../contracts/notices.js';

const NETWORK_DOWN: HalFault = { part: 'notices', detail: 'the network is down' };

/**
 * Where a rig's notices go: a file of JSON lines, which stands for owner and worker until there is a service that carries
 * notices to their phones. What it holds was sent.
 */
export class NoticeFile implements NoticeTransport {
  private readonly path: string;
  private readonly isOnline: () => boolean;
  private readonly onArrival: (notice: Notice) => void;

  constructor(path: string, isOnline: () => boolean, onArrival: (notice: Notice) => void) {
    this.path = path;
    this.isOnline = isOnline;
    this.onArrival = onArrival;
  }

  send(notice: Notice, done: (fault: HalFault | null) => void): void {
    if (!this.isOnline()) {
      setImmediate(done, NETWORK_DOWN);
      return;
    }
    appendFile(this.path, `${JSON.stringify(notice)}\n`, { mode: 0o600 }, (error) => {
      if (error === null) this.onArrival(notice);
      done(error === null ? null : { part: 'notices', detail: `the file of notices: ${error.code ?? error.message}` });
    });
  }
}
