import { describeStep } from '../support/step-properties.js';

describe('step, whatever happens, at length', function () {
  this.timeout(600_000);
  describeStep(3_000);
});
