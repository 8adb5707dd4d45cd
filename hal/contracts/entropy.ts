/** Bytes that nobody can predict. In a simulation they follow from its seed. */
export interface Entropy {
  /** `count` fresh bytes, 1 to 1,024. */
  bytes(count: number): Uint8Array;
}
