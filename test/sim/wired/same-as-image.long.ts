import fc from 'fast-check';
import { anySteps } from './any-steps.js';
import { expectSame } from './same-as-image.js';

describe('The virtual board, for longer', () => {
  it('does the same as the image, whatever happens to both', () => {
    fc.assert(fc.property(anySteps, expectSame), { numRuns: 500 });
  }).timeout(600_000);
});
