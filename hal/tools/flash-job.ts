/** What answers at a fresh board and takes the image. */
export interface Bootloader {
  readonly id: string;
  readonly name: string;
  /** avrdude's name for the protocol. */
  readonly programmer: string;
  readonly baudRate: number;
}

/** One image, to be written to one board. */
export interface FlashJob {
  readonly chip: string;
  /** avrdude's name for the chip. */
  readonly part: string;
  readonly port: string;
  /** An absolute path. */
  readonly imageFile: string;
  /** At least one. If one does not answer, the next is tried. */
  readonly bootloaders: readonly Bootloader[];
}
