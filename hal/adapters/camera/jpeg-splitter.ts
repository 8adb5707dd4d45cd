/** Larger than any frame of a door camera: 4K at the best quality takes less. Chosen. */
export const FRAME_BYTES_MAX = 8 * 1024 * 1024;

const MARK = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** Markers that stand alone; inside a scan they do not end it (ITU T.81, table B.1). */
const isRestart = (code: number): boolean => code >= 0xd0 && code <= 0xd7;

type Place = 'outside' | 'betweenSegments' | 'insideScan';

/**
 * Cuts a stream of JPEG pictures, one after the other (MJPEG), into the pictures. Segments are passed over by their
 * lengths, so that a thumbnail inside does not end its picture. What is no picture is dropped up to the next start of
 * one, and what is too long for one altogether.
 */
export class JpegSplitter {
  private bytes = Buffer.alloc(0);
  private place: Place = 'outside';
  /** Everything before is understood. */
  private at = 0;

  /** The pictures that these bytes complete, whole; they are the caller's to keep. */
  push(bytes: Uint8Array): Uint8Array[] {
    this.bytes = Buffer.concat([this.bytes, bytes]);
    const pictures: Uint8Array[] = [];
    while (this.advance()) {
      if (this.place !== 'outside') continue;
      pictures.push(new Uint8Array(this.bytes.subarray(0, this.at)));
      this.drop(this.at);
    }
    if (this.bytes.length > FRAME_BYTES_MAX) this.forget();
    return pictures;
  }

  /** One marker further; false if more bytes are needed for that. Back outside means that a picture is complete. */
  private advance(): boolean {
    switch (this.place) {
      case 'outside':
        return this.findStart();
      case 'betweenSegments':
        return this.passSegment();
      case 'insideScan':
        return this.passScan();
    }
  }

  private findStart(): boolean {
    const start = this.bytes.indexOf(Buffer.of(MARK, START_OF_IMAGE));
    // The last byte may be the first half of a start.
    this.drop(start === -1 ? Math.max(0, this.bytes.length - 1) : start);
    if (start === -1) return false;
    this.at = 2;
    this.place = 'betweenSegments';
    return true;
  }

  private passSegment(): boolean {
    const { bytes, at } = this;
    if (bytes.length < at + 2) return false;
    const code = bytes.readUInt8(at + 1);
    if (bytes.readUInt8(at) !== MARK || code === 0 || code === START_OF_IMAGE) return this.resume();
    if (code === MARK) this.at += 1;
    else if (code === END_OF_IMAGE) this.leave();
    else {
      if (bytes.length < at + 4) return false;
      const length = bytes.readUInt16BE(at + 2);
      if (length < 2) return this.resume();
      this.at += 2 + length;
      if (code === START_OF_SCAN) this.place = 'insideScan';
    }
    return true;
  }

  /** Coded data holds FF only before 00, which stands for FF itself, and before restarts. */
  private passScan(): boolean {
    const { bytes } = this;
    for (;;) {
      const mark = bytes.indexOf(MARK, this.at);
      if (mark === -1 || mark + 1 >= bytes.length) {
        this.at = Math.max(this.at, mark === -1 ? bytes.length : mark);
        return false;
      }
      this.at = mark;
      const code = bytes.readUInt8(mark + 1);
      if (code !== 0 && !isRestart(code)) {
        this.place = 'betweenSegments';
        return true;
      }
      this.at = mark + 2;
    }
  }

  private leave(): void {
    this.at += 2;
    this.place = 'outside';
  }

  /** This is no picture: goes on behind its start. */
  private resume(): boolean {
    this.place = 'outside';
    this.drop(1);
    return this.findStart();
  }

  private forget(): void {
    this.place = 'outside';
    this.drop(this.bytes.length);
  }

  private drop(length: number): void {
    this.bytes = this.bytes.subarray(length);
    this.at = 0;
  }
}
