/** The finaliser of MurmurHash3: a bijection on 32 bits in which every bit of the input moves every bit of the output. */
function scramble(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** FNV-1a over the UTF-16 units of a name. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash;
}

/**
 * The random draws of one component. Each is keyed by (seed, component, occurrence) and by nothing else: neither time
 * nor the draws of others shift it, so that the same story can be compared at different depths.
 */
export class Draws {
  private readonly key: number;

  constructor(seed: number, component: string) {
    const high = Math.floor(seed / 0x1_0000_0000);
    this.key = scramble(scramble(scramble(seed | 0) ^ high) ^ hashOf(component));
  }

  /** An unsigned integer of 32 bits; no two occurrences below 2^32 have the same. */
  bits(occurrence: number): number {
    return scramble(this.key + occurrence);
  }

  /** At least 0, below 1. */
  share(occurrence: number): number {
    return this.bits(occurrence) / 0x1_0000_0000;
  }

  /** An integer from 0 up to, not including, `bound`. */
  below(bound: number, occurrence: number): number {
    return Math.floor(this.share(occurrence) * bound);
  }
}
