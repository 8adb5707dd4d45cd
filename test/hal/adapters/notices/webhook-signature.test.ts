import { expect } from 'chai';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { distrustOf, readSecret, signWebhook } from '../../../../hal/adapters/notices/webhook-signature.js';

const SECRET = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
const NOW_UTC_MS = 1_614_265_330_000;
const BODY = '{"test": 2432232314}';

describe('The signature of a webhook', () => {
  it('is that of the standard’s own example', () => {
    expect(signWebhook(SECRET, 'msg_p5jXN8AQM9LWM0D4loKWxJek', NOW_UTC_MS, BODY)).to.deep.equal({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is believed for five minutes, and as long before its time', () => {
    const headers = signWebhook(SECRET, 'home-1', NOW_UTC_MS, BODY);
    const at = (ms: number): string | null => distrustOf(SECRET, headers, Buffer.from(BODY), NOW_UTC_MS + ms);
    expect(at(0)).to.equal(null);
    expect(at(300_000)).to.equal(null);
    expect(at(300_001)).to.equal('it was signed more than five minutes ago');
    expect(at(-300_000)).to.equal(null);
    expect(at(-300_001)).to.equal('it was signed in the future');
  });

  it('is one of several while secrets rotate', () => {
    const headers = signWebhook(SECRET, 'home-1', NOW_UTC_MS, BODY);
    const signatures = `v1,AAAA v2,BBBB ${headers['webhook-signature']}`;
    const rotated = { ...headers, 'webhook-signature': signatures };
    expect(distrustOf(SECRET, rotated, Buffer.from(BODY), NOW_UTC_MS)).to.equal(null);
  });

  it('is wrong with any other secret, id, time, body or version', () => {
    const headers = signWebhook(SECRET, 'home-1', NOW_UTC_MS, BODY);
    const other = createHmac('sha256', 'other').digest();
    const wrong = 'its signature is wrong';
    const judge = (secret: Buffer, changed: object, body = BODY): string | null =>
      distrustOf(secret, { ...headers, ...changed }, Buffer.from(body), NOW_UTC_MS);
    expect(judge(other, {})).to.equal(wrong);
    expect(judge(SECRET, { 'webhook-id': 'home-2' })).to.equal(wrong);
    expect(judge(SECRET, { 'webhook-timestamp': '1614265331' })).to.equal(wrong);
    expect(judge(SECRET, {}, `${BODY} `)).to.equal(wrong);
    expect(judge(SECRET, { 'webhook-signature': headers['webhook-signature'].replace('v1', 'v0') })).to.equal(wrong);
    expect(judge(SECRET, { 'webhook-signature': headers['webhook-signature'].slice(3) })).to.equal(wrong);
    expect(judge(SECRET, { 'webhook-signature': '' })).to.equal(wrong);
    expect(judge(SECRET, { 'webhook-timestamp': 'now' })).to.equal('its time is no number of seconds');
    expect(distrustOf(SECRET, {}, Buffer.from(BODY), NOW_UTC_MS)).to.equal('it bears no signature');
  });

  it('is refused with any one byte of the message changed', () => {
    const headers = signWebhook(SECRET, 'home-1', NOW_UTC_MS, BODY);
    fc.assert(
      fc.property(fc.nat(BODY.length - 1), fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const body = Buffer.from(BODY);
        body[index] = (body[index] ?? 0) ^ flip;
        expect(distrustOf(SECRET, headers, body, NOW_UTC_MS)).to.equal('its signature is wrong');
      }),
      { seed: 1 },
    );
  });
});

describe('A secret', () => {
  const bytes32 = Buffer.alloc(32, 7);
  const texts: readonly (readonly [string, string, Buffer | null])[] = [
    ['as openssl writes it', `${bytes32.toString('base64')}\n`, bytes32],
    ['as the standard writes it', `whsec_${bytes32.toString('base64')}`, bytes32],
    ['of 24 bytes', Buffer.alloc(24, 1).toString('base64'), Buffer.alloc(24, 1)],
    ['of 64 bytes', Buffer.alloc(64, 1).toString('base64'), Buffer.alloc(64, 1)],
    ['that is too short', Buffer.alloc(23, 1).toString('base64'), null],
    ['that is too long', Buffer.alloc(65, 1).toString('base64'), null],
    ['that is no base64', 'correct horse battery staple, and more of it', null],
    ['that is empty', '\n', null],
  ];
  for (const [what, text, expected] of texts) {
    it(`${what} is ${expected === null ? 'none' : 'read'}`, () => {
      expect(readSecret(text)).to.deep.equal(expected);
    });
  }
});
