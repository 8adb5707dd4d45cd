import type { Entropy } from '../../hal/contracts/entropy.js';
import { Draws } from '../random.js';

/** Bytes that follow from the seed. One for a whole story: a lock that boots again gets other bytes than before. */
export class SimulatedEntropy implements Entropy {
  private readonly draws: Draws;
  private drawn = 0;

  constructor(seed: number) {
    this.draws = new Draws(seed, 'entropy');
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.next());
  }

  private next(): number {
    const byte = this.draws.below(0x100, this.drawn);
    this.drawn += 1;
    return byte;
  }
}
