import { expect } from 'chai';
import { fuzzArmed, fuzzUnarmed } from './fuzz.js';

const BYTE_COUNT = 1_000_000;

describe('board image: noise on the line, for long', function () {
  this.timeout(600_000);

  it('moves no pin of an unarmed board', () => {
    fuzzUnarmed(BYTE_COUNT, 3);
  });

  it('makes an armed board do nothing that it may not', () => {
    const watch = fuzzArmed(BYTE_COUNT, 4);
    expect(watch.drives).to.be.above(1000);
    expect(watch.longestMs).to.be.within(2700, 2800);
  });
});
