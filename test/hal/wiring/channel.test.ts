import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Crossover } from '../../../hal/wiring/channel.js';
import { assignTracks } from '../../../hal/wiring/channel.js';

/** How often wires cross, each down its own track. */
function crossings(wires: readonly Crossover[], tracks: readonly number[]): number {
  const within = (y: number, [from, to]: Crossover) => y > Math.min(from, to) && y < Math.max(from, to);
  return wires.flatMap((wire, index) =>
    wires.filter((other, place) => {
      const nearer = (tracks[place] ?? 0) < (tracks[index] ?? 0);
      return nearer ? within(wire[0], other) : place !== index && within(wire[1], other);
    }),
  ).length;
}

describe('assignTracks', () => {
  it('gives each wire a track of its own', () => {
    const wires: Crossover[] = [
      [1, 5],
      [2, 1],
      [3, 9],
    ];
    expect(assignTracks(wires)).to.have.members([0, 1, 2]);
  });

  it('lets no wires cross that keep their order', () => {
    const heights = fc.uniqueArray(fc.nat({ max: 99 }), { minLength: 2, maxLength: 24 });
    fc.assert(
      fc.property(heights, (ys) => {
        const half = Math.floor(ys.length / 2);
        const froms = ys.slice(0, half).toSorted((a, b) => a - b);
        const tos = ys.slice(half, 2 * half).toSorted((a, b) => a - b);
        const wires = froms.map((from, index): Crossover => [from, tos[index] ?? 0]);
        expect(crossings(wires, assignTracks(wires))).to.equal(0);
      }),
    );
  });
});
