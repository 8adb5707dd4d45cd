import { expect } from 'chai';
import { number, strictObject } from 'valibot';
import { STATEMENT_BYTES_MAX, StatementReader } from '../../../firmware/credentials/statement.js';
import { KeyPair } from '../../../sim/people/key-pair.js';

const READER = new StatementReader('latchkey-proof+jwt', strictObject({ a: number() }));
const KEY = new KeyPair('a test');
const HEADER = { alg: 'EdDSA', typ: 'latchkey-proof+jwt', kid: 'k' };

function signed(header: object, claims = '{"a":1}'): string {
  return KEY.signAnything(JSON.stringify(header), claims);
}

describe('StatementReader', () => {
  it('reads who signed, and the claims', () => {
    const text = signed(HEADER);
    expect(READER.read(text)).to.deep.equal({ text, keyId: 'k', claims: { a: 1 } });
  });

  it('refuses every other algorithm and type', () => {
    for (const alg of ['none', 'HS256', 'ES256', 'Ed25519', 'eddsa', '', null, ['EdDSA']]) {
      expect(READER.read(signed({ ...HEADER, alg })), String(alg)).to.equal(null);
    }
    for (const typ of [
      'JWT',
      'latchkey-grant+jwt',
      'application/latchkey-proof+jwt',
      'LATCHKEY-PROOF+JWT',
      undefined,
    ]) {
      expect(READER.read(signed({ ...HEADER, typ })), String(typ)).to.equal(null);
    }
  });

  it('refuses headers that ask for anything more, or bring a key along', () => {
    for (const more of [
      { crit: ['exp'], exp: 1 },
      { b64: false, crit: ['b64'] },
      { b64: true },
      { zip: 'DEF' },
      { jwk: { kty: 'OKP', crv: 'Ed25519', x: KEY.x } },
      { jku: 'https://example.org/keys' },
      { x5c: ['AA'] },
      { x5u: 'https://example.org/cert' },
      { cty: 'JWT' },
    ]) {
      expect(READER.read(signed({ ...HEADER, ...more })), JSON.stringify(more)).to.equal(null);
    }
    expect(READER.read(KEY.signAnything(JSON.stringify(HEADER).replace('{', '{"__proto__":{},'), '{"a":1}'))).to.equal(
      null,
    );
  });

  it('refuses names of keys that are none', () => {
    for (const kid of ['', 'a/b', 'a b', '../x', 'x'.repeat(65), 7, null, undefined]) {
      expect(READER.read(signed({ ...HEADER, kid })), String(kid)).to.equal(null);
    }
  });

  it('refuses claims that the schema does not know, and members named twice', () => {
    for (const claims of [
      '{"a":1,"b":2}',
      '{"a":1,"a":1}',
      '{"a":1,"__proto__":{}}',
      '{"a":null}',
      '[]',
      'null',
      '',
      '{}',
    ]) {
      expect(READER.read(signed(HEADER, claims)), claims).to.equal(null);
    }
  });

  it('judges the length before it looks at anything', () => {
    const padded = (spaces: number): string => signed(HEADER, `{"a":1${' '.repeat(spaces)}}`);
    let spaces = 5_900;
    while (padded(spaces + 1).length <= STATEMENT_BYTES_MAX) spaces += 1;
    expect(padded(spaces).length).to.be.within(STATEMENT_BYTES_MAX - 1, STATEMENT_BYTES_MAX);
    expect(READER.read(padded(spaces))).to.not.equal(null);
    expect(READER.read(padded(spaces + 1))).to.equal(null);
    expect(READER.read('A'.repeat(1_000_000))).to.equal(null);
  });

  it('takes only the one way to write each part', () => {
    const text = signed(HEADER);
    const [header = '', claims = '', signature = ''] = text.split('.');
    const last = signature.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const sameBytes = Array.from(alphabet).filter((other) => {
      const bytes = Buffer.from(signature.slice(0, -1) + other, 'base64url');
      return other !== last && bytes.equals(Buffer.from(signature, 'base64url'));
    });
    expect(sameBytes).to.have.lengthOf(15);
    for (const other of sameBytes) {
      expect(READER.read(`${header}.${claims}.${signature.slice(0, -1)}${other}`), other).to.equal(null);
    }
    for (const variant of [
      `${text}==`,
      `${text}.`,
      `${text}.x`,
      ` ${text}`,
      `${text}\n`,
      `${header}=.${claims}.${signature}`,
      `${header}.${claims}\t.${signature}`,
      `${header}..${signature}`,
      `${header}.${claims}.`,
      `${header}.${claims}`,
      `${header}.${claims}.${signature}AAAA`,
      '..',
      '',
    ]) {
      expect(READER.read(variant), variant).to.equal(null);
    }
  });
});
