import { Draws } from '../../sim/random.js';

/** Random bytes and mutated messages: the same for the same seed. */
export class Noise {
  private readonly draws: Draws;
  private drawn = 0;

  constructor(seed: number) {
    this.draws = new Draws(seed, 'noise');
  }

  below(bound: number): number {
    this.drawn += 1;
    return this.draws.below(bound, this.drawn);
  }

  /** With a bit turned over, a byte lost, one twice, a longer end, or none. */
  mutated(message: readonly number[], place = this.below(message.length)): number[] {
    const byte = message[place] ?? 0;
    const before = message.slice(0, place);
    const after = message.slice(place + 1);
    switch (this.below(5)) {
      case 0:
        return [...before, byte ^ (1 << this.below(8)), ...after];
      case 1:
        return [...before, ...after];
      case 2:
        return [...before, byte, byte, ...after];
      case 3:
        return [...message.slice(0, -1), ...Array.from({ length: 1 + this.below(80) }, () => this.below(128)), 0xf7];
      default:
        return before;
    }
  }
}
