import { expect } from 'chai';
import { holderOf, makeAccessKey } from '../../../firmware/credentials/access-keys.js';
import { SimulatedEntropy } from '../../../sim/hal/simulated-entropy.js';
import { PlainDoor } from './plain-door.js';

describe('access keys', () => {
  const entropy = new SimulatedEntropy(1);

  it('open for their holder; of the key itself nothing is kept', () => {
    const { lock } = new PlainDoor();
    const keys = ['olga', 'charlie', 'olga'].map((personId) => makeAccessKey(personId, entropy));
    for (const { record } of keys) lock.record({ kind: 'accessKeySet', accessKey: record, personId: 'olga' });
    expect(keys.map(({ text }) => holderOf(text, lock.sum.access))).to.deep.equal(['olga', 'charlie', 'olga']);
    for (const { text, record } of keys) {
      expect(text).to.match(/^latchkey_[A-Za-z0-9_-]{43}$/);
      expect(JSON.stringify(record)).to.not.include(text.slice(9));
      expect(record.id).to.match(/^[0-9a-f]{12}$/);
    }
    expect(new Set(keys.map(({ record }) => record.id)).size).to.equal(3);
  });

  it('open for nobody once revoked, altered, or never made', () => {
    const { lock } = new PlainDoor();
    const { text, record } = makeAccessKey('olga', entropy);
    expect(holderOf(text, lock.sum.access)).to.equal(null);
    lock.record({ kind: 'accessKeySet', accessKey: record, personId: 'olga' });
    for (let index = 0; index < text.length; index += 1) {
      const altered = `${text.slice(0, index)}${text[index] === 'A' ? 'B' : 'A'}${text.slice(index + 1)}`;
      expect(holderOf(altered, lock.sum.access), `character ${index}`).to.equal(null);
    }
    for (const other of ['', text.slice(9), `${text} `, record.hash, 'x'.repeat(1_000_000)]) {
      expect(holderOf(other, lock.sum.access)).to.equal(null);
    }
    expect(holderOf(text, lock.sum.access)).to.equal('olga');
    lock.record({ kind: 'revoked', target: { kind: 'accessKey', id: record.id }, personId: 'olga' });
    expect(holderOf(text, lock.sum.access)).to.equal(null);
  });

  it('are not hurt by a record whose hash is damaged', () => {
    const { lock } = new PlainDoor();
    const { text, record } = makeAccessKey('olga', entropy);
    lock.record({ kind: 'accessKeySet', accessKey: { ...record, id: 'x', hash: 'AA' }, personId: 'olga' });
    expect(holderOf(text, lock.sum.access)).to.equal(null);
    lock.record({ kind: 'accessKeySet', accessKey: record, personId: 'olga' });
    expect(holderOf(text, lock.sum.access)).to.equal('olga');
  });
});
