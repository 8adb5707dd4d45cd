import { describeStep } from '../support/step-properties.js';

describe('step, whatever happens', () => {
  describeStep(100);
});
