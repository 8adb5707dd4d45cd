import { expect } from 'chai';
import { fuzzArmed, fuzzUnarmed } from './fuzz.js';

describe('board image: noise on the line', () => {
  it('moves no pin of an unarmed board', () => {
    fuzzUnarmed(30_000, 1);
  });

  it('makes an armed board do nothing that it may not', () => {
    const watch = fuzzArmed(30_000, 2);
    expect(watch.drives).to.be.above(30);
    expect(watch.longestMs).to.be.above(2500);
  });
});
