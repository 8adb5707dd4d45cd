import type { Alarm, Clock } from '../../contracts/clock.js';
import type { SerialLine, SerialLineListener } from '../../contracts/serial-line.js';

/** Chosen: soon for someone who has just plugged the board in, and seldom for a port that will not open. */
const REOPEN_MS = 1_000;

/** A line that is opened again whenever it closes, until it is ended. */
export class ReopenedLine {
  private readonly clock: Clock;
  private readonly line: SerialLine;
  private readonly listener: SerialLineListener;
  private readonly reopen: Alarm;
  private isClosed = true;
  private onEnd: (() => void) | null = null;

  constructor(clock: Clock, line: SerialLine, listener: SerialLineListener) {
    this.clock = clock;
    this.line = line;
    this.listener = listener;
    this.reopen = clock.alarm(() => this.openAgain());
  }

  /** To be called once. */
  open(): void {
    this.line.watch({
      opened: () => {
        if (this.onEnd === null) this.listener.opened();
      },
      received: (bytes) => {
        if (this.onEnd === null) this.listener.received(bytes);
      },
      closed: (reason) => this.closed(reason),
    });
    this.openAgain();
  }

  write(bytes: Uint8Array): void {
    this.line.write(bytes);
  }

  /** Closes the line for good; nothing is told any more but `ended`, once it is closed. */
  end(ended: () => void): void {
    this.onEnd = ended;
    this.reopen.clear();
    if (this.isClosed) ended();
    else this.line.close();
  }

  private openAgain(): void {
    this.isClosed = false;
    this.line.open();
  }

  private closed(reason: string): void {
    this.isClosed = true;
    if (this.onEnd !== null) {
      this.onEnd();
      return;
    }
    this.reopen.set(this.clock.nowMs() + REOPEN_MS);
    this.listener.closed(reason);
  }
}
