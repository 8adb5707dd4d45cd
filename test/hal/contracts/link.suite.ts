import { expect } from 'chai';
import type { Link } from '../../../hal/contracts/links.js';
import { LINK_REPORT_MS, SOON_MS } from './expectations.js';
import { itReportsEveryChange } from './sensed.js';

export interface LinkFixture {
  readonly link: Link;
  setUp(up: boolean): void;
  /** From now on the link's state cannot be learnt. */
  failToAsk(): void;
  advance(durationMs: number): Promise<void>;
}

/** A fixture begins with the link up. */
export function describeLink(name: string, makeFixture: () => Promise<LinkFixture>): void {
  describe(`link: ${name}`, () => {
    itReportsEveryChange(async () => {
      const fixture = await makeFixture();
      let up = true;
      return {
        watch: (listener) => fixture.link.watch((reading) => listener(reading ? 'up' : 'down')),
        truth: () => (up ? 'up' : 'down'),
        change: () => {
          up = !up;
          fixture.setUp(up);
        },
        advance: (durationMs) => fixture.advance(durationMs),
      };
    }, LINK_REPORT_MS);

    it('takes an error while asking for down, never for up', async () => {
      const fixture = await makeFixture();
      const readings: boolean[] = [];
      fixture.link.watch((up) => readings.push(up));
      await fixture.advance(SOON_MS);
      fixture.failToAsk();
      await fixture.advance(LINK_REPORT_MS);
      expect(readings).to.deep.equal([true, false]);
      fixture.link.watch((up) => readings.push(up));
      await fixture.advance(SOON_MS);
      expect(readings).to.deep.equal([true, false, false]);
    });
  });
}
