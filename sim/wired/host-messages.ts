/** Firmata's first bytes. The low half of the first three is a port or channel. */
export const COMMAND = {
  digital: 0x90,
  reportAnalog: 0xc0,
  reportDigital: 0xd0,
  analog: 0xe0,
  sysex: 0xf0,
  pinMode: 0xf4,
  pinValue: 0xf5,
  endOfSysex: 0xf7,
  version: 0xf9,
  reset: 0xff,
} as const;

/** What follows the first byte of a sysex message. */
export const SYSEX = {
  analogMappingQuery: 0x69,
  analogMapping: 0x6a,
  capabilityQuery: 0x6b,
  capabilities: 0x6c,
  pinStateQuery: 0x6d,
  pinState: 0x6e,
  firmware: 0x79,
  samplingInterval: 0x7a,
} as const;

/** The longest message understood is ARM, with 25 bytes; an endless one gets no further than this. */
const DATA_MAX = 32;

/** How many bytes follow each first byte that the image understands, sysex aside. */
const DATA_LENGTHS: ReadonlyMap<number, number> = new Map<number, number>([
  [COMMAND.digital, 2],
  [COMMAND.reportAnalog, 1],
  [COMMAND.reportDigital, 1],
  [COMMAND.pinMode, 2],
  [COMMAND.pinValue, 2],
  [COMMAND.version, 0],
  [COMMAND.reset, 0],
]);

export interface HostMessageListener {
  /** `command` without port or channel, which are in `place`. Returns whether the board understands it. */
  message(command: number, place: number, first: number, second: number): boolean;
  sysex(kind: number, payload: Uint8Array): boolean;
  /** After each message. What is cut off or no message at all is not understood. */
  ended(understood: boolean): void;
}

/** Takes the host's bytes apart as the image does. Whatever comes, it holds no more than one message. */
export class HostMessages {
  private readonly listener: HostMessageListener;
  /** The first byte of the message under way, or 0 for none. */
  private firstByte = 0;
  private readonly data: number[] = [];
  /** Data bytes that belong to no message are one that is not understood, up to the next first byte. */
  private adrift = false;

  constructor(listener: HostMessageListener) {
    this.listener = listener;
  }

  reset(): void {
    this.firstByte = 0;
    this.adrift = false;
  }

  take(byte: number): void {
    if (byte < 0x80) this.takeData(byte);
    else this.takeFirstByte(byte);
  }

  private takeFirstByte(byte: number): void {
    this.adrift = false;
    if (byte === COMMAND.endOfSysex) {
      this.end(this.firstByte === COMMAND.sysex && this.understandsSysex());
      return;
    }
    if (this.firstByte !== 0) this.end(false);
    this.data.length = 0;
    const length = DATA_LENGTHS.get(commandOf(byte));
    if (byte === COMMAND.sysex || (length !== undefined && length > 0)) {
      this.firstByte = byte;
    } else {
      this.end(length === 0 && this.listener.message(byte, 0, 0, 0));
      this.adrift = length !== 0;
    }
  }

  private takeData(byte: number): void {
    if (this.firstByte === 0) {
      if (!this.adrift) this.listener.ended(false);
      this.adrift = true;
      return;
    }
    if (this.data.length === DATA_MAX) return;
    this.data.push(byte);
    const command = commandOf(this.firstByte);
    if (this.data.length !== DATA_LENGTHS.get(command)) return;
    const [first = 0, second = 0] = this.data;
    this.end(this.listener.message(command, this.firstByte & 0x0f, first, second));
  }

  private understandsSysex(): boolean {
    const [kind, ...payload] = this.data;
    return kind !== undefined && this.listener.sysex(kind, Uint8Array.from(payload));
  }

  private end(understood: boolean): void {
    this.firstByte = 0;
    this.listener.ended(understood);
  }
}

function commandOf(firstByte: number): number {
  return firstByte < 0xf0 ? firstByte & 0xf0 : firstByte;
}
