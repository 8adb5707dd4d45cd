import { expect } from 'chai';
import { PROPERTY_IDS } from '../../sim/monitors/monitor.js';
import { areNoticed } from './judging.js';
import { sabotages } from './sabotages.js';

describe('sabotage is noticed', () => {
  areNoticed(sabotages);

  it('for each property alone', () => {
    const alone = new Set(sabotages.map(({ trips }) => trips.join(' ')));
    expect(PROPERTY_IDS.filter((property) => !alone.has(property))).to.deep.equal([]);
  });
});
