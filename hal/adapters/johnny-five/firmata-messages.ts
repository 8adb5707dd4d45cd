/** Firmata's first bytes; the low half of `digital` and `analog` is a port or channel. */
const DIGITAL = 0x90;
const ANALOG = 0xe0;
const START_SYSEX = 0xf0;
const END_SYSEX = 0xf7;
const VERSION = 0xf9;

/** A first byte has its highest bit set, all others of a message do not. */
const FIRST_BYTE_MIN = 0x80;

/** The longest sysex taken, in bytes. Chosen: twice what the largest Firmata says of all pins of an Uno. */
const SYSEX_MAX = 1_024;

/** A message of a board, as yet unjudged but for its form. `bytes` is all of it. */
export type FirmataMessage =
  | { readonly kind: 'version'; readonly bytes: Uint8Array; readonly major: number; readonly minor: number }
  | { readonly kind: 'digital'; readonly bytes: Uint8Array; readonly port: number; readonly bits: number }
  | { readonly kind: 'analog'; readonly bytes: Uint8Array; readonly channel: number; readonly counts: number }
  | { readonly kind: 'sysex'; readonly bytes: Uint8Array; readonly id: number; readonly payload: Uint8Array };

export interface FirmataMessageListener {
  message(message: FirmataMessage): void;
  /** Bytes that belong to no message, once for each piece of them. */
  garbage(): void;
}

/**
 * Cuts the bytes of a board into whole messages. Whatever comes, it holds no more than one message of bounded length,
 * and finds the next good one: a first byte always begins anew.
 */
export class FirmataMessages {
  private readonly listener: FirmataMessageListener;
  private readonly bytes: number[] = [];
  /** Between a piece of garbage and the next first byte. */
  private skipping = false;

  constructor(listener: FirmataMessageListener) {
    this.listener = listener;
  }

  /** Forgets an unfinished message, as when a line opens anew. */
  reset(): void {
    this.bytes.length = 0;
    this.skipping = false;
  }

  take(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === END_SYSEX) this.endSysex();
      else if (byte >= FIRST_BYTE_MIN) this.begin(byte);
      else this.takeData(byte);
    }
  }

  private begin(byte: number): void {
    if (this.bytes.length > 0) this.discard();
    if (!isFirstByte(byte)) {
      this.discard();
      return;
    }
    this.skipping = false;
    this.bytes.push(byte);
  }

  private takeData(byte: number): void {
    if (this.bytes.length === 0 || this.bytes.length === SYSEX_MAX) {
      this.discard();
      return;
    }
    this.bytes.push(byte);
    if (this.bytes.length === 3 && this.bytes[0] !== START_SYSEX) this.finish(shortMessage);
  }

  private endSysex(): void {
    if (this.bytes[0] !== START_SYSEX || this.bytes.length < 2) {
      this.discard();
      return;
    }
    this.bytes.push(END_SYSEX);
    this.finish(sysexMessage);
  }

  private finish(parse: (bytes: Uint8Array) => FirmataMessage): void {
    const bytes = Uint8Array.from(this.bytes);
    this.bytes.length = 0;
    this.listener.message(parse(bytes));
  }

  private discard(): void {
    this.bytes.length = 0;
    if (this.skipping) return;
    this.skipping = true;
    this.listener.garbage();
  }
}

function isFirstByte(byte: number): boolean {
  const command = byte & 0xf0;
  return command === DIGITAL || command === ANALOG || byte === START_SYSEX || byte === VERSION;
}

function shortMessage(bytes: Uint8Array): FirmataMessage {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first === VERSION) return { kind: 'version', bytes, major: second, minor: third };
  const value = second | (third << 7);
  return (first & 0xf0) === DIGITAL
    ? { kind: 'digital', bytes, port: first & 0x0f, bits: value }
    : { kind: 'analog', bytes, channel: first & 0x0f, counts: value };
}

function sysexMessage(bytes: Uint8Array): FirmataMessage {
  return { kind: 'sysex', bytes, id: bytes[1] ?? 0, payload: bytes.subarray(2, -1) };
}
