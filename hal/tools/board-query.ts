import type { ImageVersion } from '../adapters/johnny-five/firmata-answers.js';
import { parseFirmware, SYSEX } from '../adapters/johnny-five/firmata-answers.js';
import type { FirmataMessage } from '../adapters/johnny-five/firmata-messages.js';
import { FirmataMessages } from '../adapters/johnny-five/firmata-messages.js';
import type { BoardStatus } from '../board-protocol.js';
import { decodeStatus, IMAGE, SYSEX_STATUS } from '../board-protocol.js';
import type { Alarm, Clock } from '../contracts/clock.js';
import type { SerialLine } from '../contracts/serial-line.js';

/** Chosen: an old bootloader keeps a fresh board for 2 s, and a large image takes a second to start. */
const ANSWER_TIMEOUT_MS = 6_000;

/** Chosen: what is asked while the bootloader runs is lost. */
const ASK_EVERY_MS = 500;

const IMAGE_QUERY = Uint8Array.of(0xf0, SYSEX.firmware, 0xf7);
const STATUS_QUERY = Uint8Array.of(0xf0, SYSEX_STATUS, 0xf7);

/** Who is on the board. */
export interface BoardIdentity {
  readonly image: ImageVersion;
  /** Of our image alone; `null` also if it does not tell. */
  readonly status: BoardStatus | null;
}

export type BoardAnswer =
  | BoardIdentity
  /** The port did not open, or closed: one clause says why. */
  | { readonly closed: string }
  /** Whether anything came at all, if no Firmata. */
  | { readonly silent: true; readonly heardGarbage: boolean };

/** Opens the line, which resets most boards, asks which image the board runs and how it fares, and closes it. */
export function askBoard(line: SerialLine, clock: Clock): Promise<BoardAnswer> {
  return new Promise((resolve) => new BoardQuery(line, clock, resolve).begin());
}

class BoardQuery {
  private readonly line: SerialLine;
  private readonly clock: Clock;
  private readonly askAgain: Alarm;
  private readonly giveUp: Alarm;
  private answer: ((answer: BoardAnswer) => void) | null;
  private image: ImageVersion | null = null;
  private heardGarbage = false;

  constructor(line: SerialLine, clock: Clock, answer: (answer: BoardAnswer) => void) {
    this.line = line;
    this.clock = clock;
    this.answer = answer;
    this.askAgain = clock.alarm(() => this.ask());
    this.giveUp = clock.alarm(() => this.endWithout());
  }

  begin(): void {
    const messages = new FirmataMessages({
      message: (message) => this.take(message),
      garbage: () => {
        this.heardGarbage = true;
      },
    });
    this.line.watch({
      opened: () => {
        this.giveUp.set(this.clock.nowMs() + ANSWER_TIMEOUT_MS);
        this.ask();
      },
      received: (bytes) => messages.take(bytes),
      closed: (reason) => this.end({ closed: reason }),
    });
    this.line.open();
  }

  private ask(): void {
    this.line.write(this.image === null ? IMAGE_QUERY : STATUS_QUERY);
    this.askAgain.set(this.clock.nowMs() + ASK_EVERY_MS);
  }

  private take(message: FirmataMessage): void {
    if (message.kind !== 'sysex') return;
    if (message.id === SYSEX.firmware && this.image === null) this.takeImage(parseFirmware(message.payload));
    if (message.id === SYSEX_STATUS && this.image !== null) {
      const status = decodeStatus(message.payload);
      if (status !== null) this.end({ image: this.image, status });
    }
  }

  private takeImage(image: ImageVersion | null): void {
    if (image === null) return;
    this.image = image;
    if (image.name === IMAGE.name) this.ask();
    else this.end({ image, status: null });
  }

  private endWithout(): void {
    const { image, heardGarbage } = this;
    this.end(image === null ? { silent: true, heardGarbage } : { image, status: null });
  }

  private end(answer: BoardAnswer): void {
    this.askAgain.clear();
    this.giveUp.clear();
    this.answer?.(answer);
    this.answer = null;
    this.line.close();
  }
}
