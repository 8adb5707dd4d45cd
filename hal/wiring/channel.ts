/** Where a wire enters a channel between two columns, and where it leaves it. */
export type Crossover = readonly [fromY: number, toY: number];

/**
 * The track of each wire, counted from the side where the wires come from; each has one of its own. Wires that keep
 * their order cross nowhere: of those that go up, the upper ones turn first; of those that go down, the lower ones.
 */
export function assignTracks(wires: readonly Crossover[]): number[] {
  const goUp = wires.filter(([fromY, toY]) => toY < fromY).toSorted(([a], [b]) => a - b);
  const goDown = wires.filter(([fromY, toY]) => toY >= fromY).toSorted(([a], [b]) => b - a);
  const order = [...goUp, ...goDown];
  return wires.map((wire) => order.indexOf(wire));
}
