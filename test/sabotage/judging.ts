import { expect } from 'chai';
import type { PropertyId } from '../../sim/monitors/monitor.js';
import { play } from './playing.js';
import { patchesOf, type Sabotage } from './sabotage.js';
import { load, type Playing } from './sabotaged-build.js';

/** DESIGN's: 10 for a safety property, 11 for one of liveness, 1 where only an expectation fails. */
function exitCodeOf(trips: readonly PropertyId[]): number {
  if (trips.some((property) => property.startsWith('S'))) return 10;
  return trips.length > 0 ? 11 : 1;
}

function title({ what, trips, story }: Sabotage): string {
  return `${trips.length === 0 ? 'only the story' : trips.join(' and ')}: ${what} (${story})`;
}

/** Each of them is noticed by what it names and by nothing else, and each of the stories holds where nothing is broken. */
export function areNoticed(sabotages: readonly Sabotage[]): void {
  describe('nothing is, where nothing is broken', () => {
    let untouched: Playing;

    before(async () => {
      untouched = await load();
    });

    for (const story of new Set(sabotages.map((sabotage) => sabotage.story))) {
      it(story, async () => {
        expect(await play(untouched, story)).to.deep.equal({ properties: [], exitCode: 0, failures: [] });
      });
    }
  });

  describe('by', () => {
    for (const sabotage of sabotages) {
      it(title(sabotage), async () => {
        const { properties, exitCode, failures } = await play(await load(...patchesOf(sabotage)), sabotage.story);
        expect(properties, failures.join('\n')).to.deep.equal(sabotage.trips);
        expect(exitCode).to.equal(exitCodeOf(sabotage.trips));
      });
    }
  });

  it('with a reason where one property cannot be tripped alone', () => {
    const unexplained = sabotages.filter(({ trips, because }) => trips.length > 1 && because === undefined);
    expect(unexplained.map(({ what }) => what)).to.deep.equal([]);
  });
}
