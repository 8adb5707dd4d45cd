import { expect } from 'chai';
import { ANSWERED_MAX, CHALLENGE_LIFE_MS, Challenges } from '../../../firmware/credentials/challenges.js';
import { SimulatedEntropy } from '../../../sim/hal/simulated-entropy.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';

describe('Challenges', () => {
  const entropy = new SimulatedEntropy(1);
  let clock: VirtualClock;
  let challenges: Challenges;

  beforeEach(() => {
    clock = new VirtualClock();
    clock.advanceTo(1_000_000_000_000.5);
    challenges = new Challenges(clock, entropy);
  });

  function pass(ms: number): void {
    clock.advanceTo(clock.nowMs() + ms);
  }

  it('are answered once', () => {
    const challenge = challenges.make();
    expect(challenges.answer(challenge)).to.equal(true);
    expect(challenges.answer(challenge)).to.equal(false);
  });

  it('are open for 30 s, also when an answered one is no longer remembered', () => {
    const [early, late, answered] = [challenges.make(), challenges.make(), challenges.make()];
    pass(CHALLENGE_LIFE_MS - 1);
    expect(challenges.answer(answered)).to.equal(true);
    expect(challenges.answer(early)).to.equal(true);
    pass(1);
    expect(challenges.answer(late)).to.equal(false);
    pass(CHALLENGE_LIFE_MS);
    expect(challenges.answer(challenges.make())).to.equal(true);
    expect(challenges.answer(answered)).to.equal(false);
  });

  it('are all different, also where two are made at one moment', () => {
    const made = Array.from({ length: 1_000 }, () => challenges.make());
    expect(new Set(made).size).to.equal(made.length);
  });

  it('are the lock’s own, of this boot, whole and unaltered', () => {
    const challenge = challenges.make();
    expect(new Challenges(clock, entropy).answer(challenge)).to.equal(false);
    const bytes = Buffer.from(challenge, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
      expect(challenges.answer(altered.toString('base64url')), `byte ${index}`).to.equal(false);
    }
    for (const other of ['', 'A', `${challenge}A`, `${challenge}=`, ` ${challenge}`, challenge.slice(0, -4), '🗝️']) {
      expect(challenges.answer(other), other).to.equal(false);
    }
    const twins = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
      .map((last) => challenge.slice(0, -1) + last)
      .filter((twin) => twin !== challenge && Buffer.from(twin, 'base64url').equals(bytes));
    expect(twins).to.have.lengthOf(3);
    for (const twin of twins) expect(challenges.answer(twin), twin).to.equal(false);
    expect(challenges.answer(challenge)).to.equal(true);
  });

  it('cost no memory until they are answered, and then for 30 s at most', () => {
    for (let count = 0; count < ANSWERED_MAX; count += 1) expect(challenges.answer(challenges.make())).to.equal(true);
    const challenge = challenges.make();
    expect(challenges.answer(challenge)).to.equal(false);
    pass(CHALLENGE_LIFE_MS - 1);
    expect(challenges.answer(challenges.make())).to.equal(false);
    pass(1);
    for (let count = 0; count < ANSWERED_MAX; count += 1) expect(challenges.answer(challenges.make())).to.equal(true);
    expect(challenges.answer(challenges.make())).to.equal(false);
  });
});
