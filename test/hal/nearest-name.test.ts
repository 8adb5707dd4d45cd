import { expect } from 'chai';
import { nearestName } from '../../hal/nearest-name.js';

describe('nearestName', () => {
  const known = ['coastMs', 'samplingMs', 'heartbeatMs'];

  const cases: readonly { name: string; nearest: string | undefined }[] = [
    { name: 'coastS', nearest: 'coastMs' },
    { name: 'COASTMS', nearest: 'coastMs' },
    { name: 'heartBeetMs', nearest: 'heartbeatMs' },
    { name: 'smplingsMs', nearest: 'samplingMs' },
    { name: 'cstMs', nearest: 'coastMs' },
    { name: 'cstM', nearest: undefined },
    { name: 'colour', nearest: undefined },
    { name: '', nearest: undefined },
  ];
  for (const { name, nearest } of cases) {
    it(`takes "${name}" for ${nearest ?? 'nothing known'}`, () => {
      expect(nearestName(name, known)).to.equal(nearest);
    });
  }

  it('takes the nearest of several near ones', () => {
    expect(nearestName('boltExtendet', ['boltRetracted', 'boltExtend', 'boltExtended'])).to.equal('boltExtended');
  });

  it('never offers a name of which every letter would have to change', () => {
    expect(nearestName('x', ['y', 'z'])).to.equal(undefined);
  });

  it('does not compare names that nobody mistypes', () => {
    const name = 'x'.repeat(64);
    expect(nearestName(name, [`${name}y`])).to.equal(`${name}y`);
    expect(nearestName(`${name}x`, [`${name}y`])).to.equal(undefined);
  });
});
