import { expect } from 'chai';
import { assert, json, property } from 'fast-check';
import { parseStrictJson } from '../../../firmware/credentials/strict-json.js';

function parse(text: string): unknown {
  return parseStrictJson(Buffer.from(text));
}

describe('parseStrictJson', () => {
  it('reads whatever JSON.stringify writes', () => {
    assert(
      property(json(), (text) => {
        expect(parse(text)).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it('refuses an object that names a member twice, however it is spelt', () => {
    for (const text of [
      '{"a":1,"a":1}',
      '{"a":1,"b":[{"c":"}"}],"a":2}',
      '{"x":{"a":1,"\\u0061":2}}',
      '[{"":1,"":2}]',
      '{"a\\"b":1, "a\\u0022b" : 2}',
    ]) {
      expect(parse(text), text).to.equal(undefined);
    }
  });

  it('is not misled by names that appear as values, in strings or in other objects', () => {
    for (const text of [
      '{"a":"a","b":"a"}',
      '[{"a":1},{"a":1}]',
      '{"a":{"a":{"a":1}}}',
      '{"a":["a","a"],"b":":\\"a\\":","c":"{"}',
      '{"a":"\\\\","b":1}',
    ]) {
      expect(parse(text), text).to.deep.equal(JSON.parse(text));
    }
  });

  it('refuses what is no JSON, and bytes that are no UTF-8', () => {
    for (const text of ['', '{', 'NaN', '{"a":Infinity}', '\uFEFF{}', "{'a':1}", '{"a":1}x']) {
      expect(parse(text), text).to.equal(undefined);
    }
    expect(parseStrictJson(Buffer.from([0x22, 0xc0, 0x80, 0x22]))).to.equal(undefined);
    expect(parseStrictJson(Buffer.from([0x22, 0xff, 0x22]))).to.equal(undefined);
  });
});
