/** Sets one kind of event apart from another that carries the same values. */
const tag = { sent: 1, received: 2, pin: 3 } as const;

/**
 * The hash of what a chip did, cycle by cycle: the same for two runs in which the same bytes were sent and received and
 * the same pins changed, each at the same cycle. Two lanes of FNV-1a over words; good against accident, not malice.
 */
export class CycleHash {
  private high = 0x811c9dc5;
  private low = 0x050c5d1f;

  sent(cycle: number, byte: number): void {
    this.mix(tag.sent, cycle, byte);
  }

  received(cycle: number, byte: number): void {
    this.mix(tag.received, cycle, byte);
  }

  pin(cycle: number, pin: number, level: number): void {
    this.mix(tag.pin, cycle, pin * 4 + level);
  }

  /** 16 hexadecimal digits; may be asked at any time. */
  text(): string {
    return hex(this.high) + hex(this.low);
  }

  private mix(kind: number, cycle: number, value: number): void {
    this.mixWord(kind * 0x10000 + value);
    this.mixWord(cycle % 0x100000000);
    this.mixWord(Math.floor(cycle / 0x100000000));
  }

  private mixWord(word: number): void {
    this.high = Math.imul(this.high ^ word, 0x01000193);
    this.high ^= this.high >>> 15;
    this.low = Math.imul(this.low ^ word, 0x85ebca6b);
    this.low ^= this.low >>> 13;
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
