/** How a pin of the board stands: driven, or an input with or without the chip's own pull-up. */
export type PinLevel = 'high' | 'low' | 'input' | 'inputPullUp';

/** What surrounds an I/O board: the far end of its serial line, and whatever is wired to its pins. */
export interface IoSurroundings {
  /** Bytes for the host have left the board. Called from inside an alarm of the clock. */
  send(bytes: Uint8Array): void;
  /** Firmata's numbering: A0 of an Uno is 14. Told at each change, and for all pins when power or reset takes them back. */
  pinChanged(pin: number, level: PinLevel): void;
  /** What a pin reads that is not driven by the board itself; `pulledUp` if its own pull-up is on. */
  isHigh(pin: number, pulledUp: boolean): boolean;
  /** The voltage at an analog channel: 0 is A0. */
  analogMv(channel: number): number;
}

/** An I/O board as a device, virtual or emulated: a serial line on one side, pins on the other. It begins without power. */
export interface IoDevice {
  /** With power it boots at once; without, every pin is an input and the line is silent. */
  setPower(on: boolean): void;
  /** The reset line, which a host pulls by opening the port. */
  reset(): void;
  /** Bytes from the host begin to arrive now, at the line's rate. */
  receive(bytes: Uint8Array): void;
  /** What an input reads, or an analog channel, may have changed. */
  inputsChanged(): void;
}

/** For one board: its device in its surroundings. */
export type MakeIoDevice = (surroundings: IoSurroundings) => IoDevice;
