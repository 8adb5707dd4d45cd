import { expect } from 'chai';
import { fuzzDesk } from './fuzz.js';
import { PAWS, PlainDoor, ROSA, WALK, WALK_ID } from './plain-door.js';
import { everyMutantOf } from './mutants.js';

describe('forged statements', () => {
  /** Another base64url character, one that is none, and the same letter in the other case. */
  const others = (character: string): string[] => [character === 'A' ? 'B' : 'A', '=', flipped(character)];

  it('no token passes with any one character altered', async () => {
    const { desk, lock } = new PlainDoor();
    const token = await PAWS.token(WALK);
    let shown = 0;
    for (const mutant of everyMutantOf(token, others)) {
      expect((await desk.presentToken(mutant)).refused, mutant).to.be.oneOf([
        'malformedStatement',
        'badSignature',
        'unknownProvider',
        'unknownKey',
      ]);
      shown += 1;
    }
    expect(shown).to.be.above(2 * token.length);
    expect(lock.requests).to.deep.equal([]);
    expect(await desk.presentToken(token)).to.deep.equal({ refused: null, visitId: WALK_ID });
  });

  it('no proof passes with any one character altered', async () => {
    const door = new PlainDoor();
    await door.announce();
    door.lock.requests.length = 0;
    const subject = { challenge: door.desk.challenge(), visit: WALK_ID, door: WALK.door };
    const proof = await ROSA.phone.prove(subject, { act: 'enter', entry: 1 });
    for (const mutant of everyMutantOf(proof, others)) {
      expect((await door.desk.presentProof(mutant)).refused, mutant).to.not.equal(null);
    }
    expect(door.lock.requests).to.deep.equal([]);
    expect(await door.desk.presentProof(proof)).to.deep.equal({ refused: null, visitId: WALK_ID });
  });

  it('nothing passes that chance makes of good statements', async () => {
    const { refusals } = await fuzzDesk(3_000, 1);
    expect([...refusals]).to.include.members([
      'malformedStatement',
      'unknownProvider',
      'badSignature',
      'unknownVisit',
      'wrongDevice',
    ]);
  });
});

function flipped(character: string): string {
  return character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase();
}
