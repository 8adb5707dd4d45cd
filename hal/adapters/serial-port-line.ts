import { SerialPort } from 'serialport';
import { BAUD_RATE } from '../board-protocol.js';
import type { SerialLine, SerialLineListener } from '../contracts/serial-line.js';

/** Longer than any write takes on a line that works: 500 ms carry 2,880 bytes. Chosen. */
const WRITE_MAX_MS = 500;

/** So much waits to be written at most, in bytes: more than 500 ms carry. Chosen. */
const QUEUE_MAX = 4_096;

/**
 * A serial port of this machine, for itself alone. It takes no notice of modem lines, which a pseudo-terminal has not.
 * A port that stops taking bytes is closed, so that nothing piles up.
 */
export class SerialPortLine implements SerialLine {
  private readonly path: string;
  private listener: SerialLineListener | null = null;
  /** From the order to open until it is closed again. */
  private port: SerialPort | null = null;
  private isClosing = false;
  /** Why we close the port; `null` while we do not, or were told to. */
  private fault: string | null = null;
  private queuedBytes = 0;
  private stuck: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.path = path;
  }

  watch(listener: SerialLineListener): void {
    this.listener = listener;
  }

  open(): void {
    if (this.port !== null) return;
    const port = new SerialPort({ path: this.path, baudRate: BAUD_RATE, autoOpen: false });
    this.port = port;
    port.on('data', (bytes: Uint8Array) => {
      if (this.port === port) this.listener?.received(Uint8Array.from(bytes));
    });
    port.on('error', (error) =>
      this.end(port, `${this.path} failed, as when the board is unplugged: ${error.message}`),
    );
    port.on('close', () => this.end(port, `${this.path} was closed`));
    port.open((error) => this.opened(port, error));
  }

  write(bytes: Uint8Array): void {
    const { port } = this;
    if (port === null || !port.isOpen || this.isClosing) return;
    if (this.queuedBytes + bytes.length > QUEUE_MAX) {
      this.giveUp(port);
      return;
    }
    this.queuedBytes += bytes.length;
    if (this.stuck === undefined) this.awaitProgress(port);
    port.write(bytes, () => this.written(port, bytes.length));
  }

  /** What is written already leaves first, if it can. */
  close(): void {
    if (this.port === null || this.isClosing) return;
    this.isClosing = true;
    if (this.port.isOpen && this.queuedBytes === 0) this.port.close();
  }

  private opened(port: SerialPort, error: Error | null): void {
    if (error !== null) this.end(port, openFault(this.path, error.message));
    else if (this.isClosing) port.close();
    else this.listener?.opened();
  }

  private written(port: SerialPort, length: number): void {
    if (this.port !== port) return;
    this.queuedBytes -= length;
    clearTimeout(this.stuck);
    this.stuck = undefined;
    if (this.queuedBytes > 0) this.awaitProgress(port);
    else if (this.isClosing && port.isOpen) port.close();
  }

  private awaitProgress(port: SerialPort): void {
    this.stuck = setTimeout(() => this.giveUp(port), WRITE_MAX_MS);
  }

  /** What is under way is dropped, or closing would wait for it. */
  private giveUp(port: SerialPort): void {
    this.isClosing = true;
    this.fault = `${this.path} takes no more bytes; unplug the board and plug it in again`;
    port.flush(() => {
      if (port.isOpen) port.close();
    });
    setImmediate(() => this.end(port, `${this.path} was closed`));
  }

  /** Told once, whichever way a port ends. */
  private end(port: SerialPort, reason: string): void {
    if (this.port !== port) return;
    const { fault } = this;
    this.port = null;
    this.isClosing = false;
    this.fault = null;
    this.queuedBytes = 0;
    clearTimeout(this.stuck);
    this.stuck = undefined;
    this.listener?.closed(fault ?? reason);
  }
}

/** From the operating system's words, as serialport has them, to one clause with the mend. */
export function openFault(path: string, words: string): string {
  if (/cannot lock port|busy|access denied/i.test(words)) {
    return `${path} is busy: close the other program that uses it, such as a serial monitor or another rig`;
  }
  if (/permission denied/i.test(words)) {
    return `${path} may not be used by you: join the group that owns it (\`sudo usermod -aG dialout $USER\`) and log in again`;
  }
  if (/no such file|not found|cannot find/i.test(words)) {
    return `there is no ${path}: plug the board in, or give another port`;
  }
  return `${path} cannot be opened as a serial port: ${words}`;
}
