import { encodeArm } from '../../../hal/board-protocol.js';
import { Noise } from '../noise.js';
import { ARMING, STATUS_QUERY } from './image-bench.js';

const { in1Pin, in2Pin, enablePin } = ARMING;

/** What a host might say to an armed board. No reset: after that the rest of the noise would fall on an unarmed one. */
const MESSAGES: readonly (readonly number[])[] = [
  STATUS_QUERY,
  [0xf9],
  [0xf5, in1Pin, 1],
  [0xf5, in1Pin, 0],
  [0xf5, in2Pin, 1],
  [0xf5, in2Pin, 0],
  [0xf5, enablePin, 1],
  [0x90, 0, 1],
  [0x90, 0, 0],
  [0x91, 0x02, 0],
  [0x91, 0x03, 0],
  [0xf4, in1Pin, 0x0b],
  [0xf4, in2Pin, 1],
  [0xf4, 10, 1],
  [0x91, 0x2e, 0],
  [0xd0, 1],
  [0xd1, 1],
  [0xc0, 1],
  [0xc1, 0],
  [0xf0, 0x6b, 0xf7],
  [0xf0, 0x69, 0xf7],
  [0xf0, 0x79, 0xf7],
  [0xf0, 0x6d, in1Pin, 0xf7],
  [0xf0, 0x7a, 10, 0, 0xf7],
];

const ARM = [...encodeArm(ARMING)];

/** What may come to the image's serial port. */
export class HostNoise extends Noise {
  /** About so many bytes, of one kind of noise. An ARM among them is never good. */
  bytes(length: number): number[] {
    const kind = this.below(6);
    const bytes: number[] = [];
    while (bytes.length < length) {
      if (kind === 0) bytes.push(this.below(256));
      else if (kind === 1) bytes.push(this.below(128));
      else if (kind === 2) bytes.push(this.below(2) === 0 ? 0x80 + this.below(127) : this.below(128));
      else if (kind === 3) bytes.push(...(this.below(4) === 0 ? this.mutatedArm() : this.mutated(this.message())));
      else bytes.push(...(this.below(kind === 4 ? 4 : 40) === 0 ? this.mutated(this.message()) : this.message()));
    }
    return bytes;
  }

  private message(): readonly number[] {
    return MESSAGES[this.below(MESSAGES.length)] ?? STATUS_QUERY;
  }

  /** With a fault inside: one at its ends might leave a good message behind it. */
  private mutatedArm(): number[] {
    return this.mutated(ARM, 2 + this.below(ARM.length - 3));
  }
}
