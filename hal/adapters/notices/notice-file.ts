import type { HalFault } from '../../contracts/hal-fault.js';
import type { Notice, NoticeTransport } from '../../contracts/notices.js';
import { JsonLinesFile } from './json-lines-file.js';

const NETWORK_DOWN: HalFault = { part: 'notices', detail: 'the network is down' };

/** Chosen: some 50,000 notices. */
const FILE_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Notices in a file of JSON lines, which stands for owner and worker where no service carries them to their phones. What
 * it holds was sent. It keeps no heartbeats.
 */
export class NoticeFile implements NoticeTransport {
  private readonly file: JsonLinesFile;
  private readonly isOnline: () => boolean;

  constructor(path: string, isOnline: () => boolean) {
    this.file = new JsonLinesFile(path, FILE_BYTES_MAX);
    this.isOnline = isOnline;
  }

  send(notice: Notice, done: (fault: HalFault | null) => void): void {
    if (!this.isOnline()) {
      setImmediate(done, NETWORK_DOWN);
      return;
    }
    void this.keep(notice, done);
  }

  beat(): void {}

  private async keep(notice: Notice, done: (fault: HalFault | null) => void): Promise<void> {
    let fault: HalFault | null = null;
    try {
      await this.file.append(notice);
    } catch (error) {
      fault = faultOf(error);
    }
    done(fault);
  }
}

function faultOf(error: unknown): HalFault {
  const { code, message } = error as NodeJS.ErrnoException;
  return { part: 'notices', detail: `the file of notices: ${code ?? message}` };
}
