import { expect } from 'chai';
import type { PropertyId } from '../../../sim/monitors/monitor.js';
import type { MonitorSettings } from '../../../sim/monitors/settings.js';
import { Stage } from './stage.js';

/** A sequence of observations and the times, if any, at which one property is found broken. */
export interface Case {
  readonly story: string;
  readonly play: (stage: Stage) => unknown;
  /** None: the sequence must pass. */
  readonly brokenAt?: readonly number[];
  readonly settings?: Partial<MonitorSettings>;
}

export function judge(property: PropertyId, cases: readonly Case[]): void {
  describe(property, () => {
    for (const { story, play, brokenAt = [], settings } of cases) {
      it(`${brokenAt.length === 0 ? 'allows' : 'objects to'} ${story}`, () => {
        const stage = new Stage(settings);
        play(stage);
        expect(stage.violationsOf(property)).to.deep.equal(brokenAt);
      });
    }
  });
}
