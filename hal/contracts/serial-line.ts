/** What happens on a serial line. Nothing is called from inside a call to the line. */
export interface SerialLineListener {
  opened(): void;
  /** At least one byte, in the order in which they arrived; the bytes are the listener's to keep. */
  received(bytes: Uint8Array): void;
  /** The line closed or could not be opened; one clause for a person, for example "the port is busy". */
  closed(reason: string): void;
}

/**
 * Bytes to and from the board that drives the bolt: a USB serial port, or a simulated one. Limits: open does not mean
 * that anybody answers; written does not mean that it arrived; bytes may be lost or altered, and some that nobody sent
 * may come. Opening a real port resets most boards.
 */
export interface SerialLine {
  /** A later `watch` takes the place of the earlier. */
  watch(listener: SerialLineListener): void;
  /** Answered by `opened` or `closed`. Opening an open line does nothing. */
  open(): void;
  /** In order. What is written to a line that is not open is lost. */
  write(bytes: Uint8Array): void;
  /** Answered by `closed`, unless the line is closed already. */
  close(): void;
}
