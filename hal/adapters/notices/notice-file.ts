import { appendFile, renameSync, statSync } from 'node:fs';
import type { HalFault } from '../contracts/hal-fault.js';
import type { Notice, NoticeTransport } from '../contracts/notices.js';

const NETWORK_DOWN: HalFault = { part: 'notices', detail: 'the network is down' };

/** Chosen: some 100,000 notices. */
const FILE_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Where a rig's notices go: a file of JSON lines, which stands for owner and worker until there is a service that carries
 * notices to their phones. What it holds was sent. A file that has become long is moved aside, to `….old`, over the one
 * before.
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
    const line = `${JSON.stringify(notice)}\n`;
    try {
      this.makeRoom(line.length);
    } catch (error) {
      setImmediate(done, faultOf(error));
      return;
    }
    appendFile(this.path, line, { mode: 0o600 }, (error) => {
      if (error === null) this.onArrival(notice);
      done(error && faultOf(error));
    });
  }

  private makeRoom(length: number): void {
    const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    if (size + length > FILE_BYTES_MAX) renameSync(this.path, `${this.path}.old`);
  }
}

function faultOf(error: unknown): HalFault {
  const { code, message } = error as NodeJS.ErrnoException;
  return { part: 'notices', detail: `the file of notices: ${code ?? message}` };
}
