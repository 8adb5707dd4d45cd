import { expect } from 'chai';
import { FAULT_KINDS } from '../../../sim/world.js';
import { conditionPhrases, conditionTable, isLasting, parseCondition } from '../../../sim/scenario/conditions.js';
import { deedPhrases, deedTable, parseDeed } from '../../../sim/scenario/deeds.js';
import { faultPhrases, parseFault } from '../../../sim/scenario/faults.js';

const noFirms = conditionTable([]);

function conditionOf(words: string) {
  const condition = parseCondition(words, noFirms);
  if ('mistake' in condition) throw new Error(condition.mistake);
  return condition;
}

function mistakeOf(parsed: object): string {
  return 'mistake' in parsed ? String(parsed.mistake) : 'no mistake';
}

describe('what can be expected', () => {
  it('is said in plain lower-case words, each thing in one way', () => {
    for (const phrase of conditionPhrases) expect(phrase).to.match(/^[a-z]+( [a-z]+)*$/);
    expect(new Set(conditionPhrases).size).to.equal(conditionPhrases.length);
    const things = conditionPhrases.map((phrase) => JSON.stringify(conditionOf(phrase).either));
    expect(new Set(things).size).to.equal(things.length);
  });

  const conditions: readonly [string, object][] = [
    ['bolt extended', { kind: 'bolt', place: 'extended' }],
    ['door open', { kind: 'door', closed: false }],
    ['motor retracting', { kind: 'motor', drive: 'retract' }],
    ['camera off', { kind: 'camera', powered: false }],
    ['recording light on', { kind: 'light', light: 'recording', lit: true }],
    ['reported not fully locked', { kind: 'reported', position: 'notFullyLocked' }],
    ['alarm lock jammed', { kind: 'alarm', alarm: 'LockJammed', raised: true }],
    ['no alarm door ajar', { kind: 'alarm', alarm: 'DoorAjar', raised: false }],
    ['any alarm', { kind: 'alarm', alarm: 'any', raised: true }],
    ['no alarm', { kind: 'alarm', alarm: 'any', raised: false }],
    ['1 jam', { kind: 'count', what: 'jams', count: 1 }],
    ['2 jams', { kind: 'count', what: 'jams', count: 2 }],
    ['0 entries', { kind: 'count', what: 'entries', count: 0 }],
    ['1 entry', { kind: 'count', what: 'entries', count: 1 }],
    ['owner is told anything', { kind: 'notice', to: 'owner', about: 'any', detail: null }],
    ['worker is told unlocked', { kind: 'notice', to: 'worker', about: 'unlocked', detail: null }],
    [
      'owner is told alarm raised camera stale',
      { kind: 'notice', to: 'owner', about: 'alarmRaised', detail: 'CameraStale' },
    ],
    ['refused camera booting', { kind: 'refused', reason: 'cameraBooting' }],
    ['anything refused', { kind: 'refused', reason: 'any' }],
    ['outcome departure unconfirmed', { kind: 'outcome', outcome: 'departureUnconfirmed' }],
    ['recorded bolt moved by hand', { kind: 'recorded', record: 'boltMovedByHand' }],
  ];
  for (const [words, thing] of conditions) {
    it(`reads "${words}"`, () => {
      expect(conditionOf(words)).to.deep.equal({ words, either: [thing] });
    });
  }

  it('is one of several things with "or" between', () => {
    expect(conditionOf('bolt extended or alarm relock failed').either).to.deep.equal([
      { kind: 'bolt', place: 'extended' },
      { kind: 'alarm', alarm: 'RelockFailed', raised: true },
    ]);
  });

  it('lasts, or is over in an instant', () => {
    expect(isLasting(conditionOf('bolt extended or 2 jams'))).to.equal(true);
    expect(isLasting(conditionOf('bolt extended or outcome completed'))).to.equal(false);
  });

  const mistakes: readonly [string, string][] = [
    ['alarm LockJammed', 'did you mean "alarm lock jammed"?'],
    ['bolt retract', 'did you mean "bolt retracted"?'],
    ['outcome complete', 'did you mean "outcome completed"?'],
    ['bolt extended or dor open', '"dor open" is nothing that can be expected; did you mean "door open"?'],
    ['alarm something', 'for example: alarm'],
    ['peace', 'for example: bolt extended'],
    ['99999 jams', 'for example'],
  ];
  for (const [words, mend] of mistakes) {
    it(`says how to mend "${words}"`, () => {
      expect(mistakeOf(parseCondition(words, noFirms))).to.contain(mend);
    });
  }
});

const tableOf = (...people: string[]) => deedTable({ people, firms: [], codes: new Map() });

describe('what can be done', () => {
  it('is said in one way', () => {
    expect(new Set(deedPhrases).size).to.equal(deedPhrases.length);
    const table = tableOf('Ann');
    for (const phrase of deedPhrases) expect(parseDeed(`Ann ${phrase}`, table)).to.have.property('actor', 'Ann');
  });

  it('is done by the person with that name, also where one name begins with another', () => {
    expect(parseDeed('Ann Lee rings', tableOf('Ann', 'Ann Lee'))).to.have.property('actor', 'Ann Lee');
    expect(parseDeed('Ann rings', tableOf('Ann Lee', 'Ann'))).to.have.property('actor', 'Ann');
  });

  it('reaches the lock by the network from a phone, and without it from the door', () => {
    const via = (words: string) => {
      const parsed = parseDeed(`Ann ${words}`, tableOf('Ann'));
      return 'mistake' in parsed || !('via' in parsed.deed) ? null : parsed.deed.via;
    };
    const atTheDoor = deedPhrases.filter((phrase) => via(phrase) === 'door');
    expect(atTheDoor).to.have.members([
      'rings',
      'answers the door',
      'presses the lock button',
      'unlocks with a code',
      'types the code of the visit',
      'types a wrong code',
    ]);
    expect(via('asks to lock')).to.equal('network');
  });

  const mistakes: readonly [string, string][] = [
    ['Karla rings', 'the story has no person "Karla"; did you mean "Carla"?'],
    ['Mallory rings', 'add "Mallory" to the people'],
    ['Carla ringss', 'did you mean "Carla rings"?'],
    ['Carla opens a window', 'for example: opens the door'],
    ['Carla dances', 'for example: arrives'],
    ['rings', 'must say who does what'],
    ['Carla', 'must say who does what'],
  ];
  for (const [words, mend] of mistakes) {
    it(`says how to mend "${words}"`, () => {
      expect(mistakeOf(parseDeed(words, tableOf('Carla')))).to.contain(mend);
    });
  }
});

describe('what can fail', () => {
  it('is every kind of every component', () => {
    expect(faultPhrases.map((phrase) => parseFault(phrase))).to.deep.equal(
      Object.entries(FAULT_KINDS).flatMap(([component, kinds]) => kinds.map((kind) => ({ component, kind }))),
    );
  });

  it('is said in words', () => {
    expect(parseFault('door contact stuck closed')).to.deep.equal({ component: 'doorContact', kind: 'stuckClosed' });
    expect(parseFault('camera FROZEN')).to.equal(undefined);
  });
});
