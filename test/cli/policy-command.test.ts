import { join } from 'node:path';
import { expect } from 'chai';
import {
  runPolicyCheck,
  runPolicyExplain,
  runPolicyMet,
  runPolicyPets,
  runPolicySet,
  runPolicyShow,
} from '../../cli/policy-command.js';
import { OLGA, WALK_ID } from '../firmware/credentials/plain-door.js';
import { LockStage } from './lock-stage.js';

const plain = { json: false };
const personId = OLGA.id;
const RULES = `no parcels at night:
  for: [delivery]
  hours: [08:00-20:00]
walkers:
  for: [service]
  providers: [paws]
  met in person: true
  at most away: 50 m
`;

describe('latchkey policy', () => {
  let stage: LockStage;
  before(async () => {
    stage = new LockStage();
    await stage.start();
    await stage.door.announceWalk();
  });
  after(() => stage.stop());
  beforeEach(() => {
    stage.door.lock.requests.length = 0;
    stage.door.lock.answer = null;
  });
  const requests = () => stage.door.lock.requests;

  it('sets the rules of a file, and warns of odd ones', async () => {
    const file = stage.file('rules.yaml', `${RULES}nothing: {}\n`);
    const { exitCode, out, error } = await stage.run((around) => runPolicySet(file, plain, around));
    expect({ exitCode, out }).to.deep.equal({ exitCode: 0, out: '3 rules are set, in place of all others\n' });
    expect(error).to.match(/^warning: "nothing": sets no condition/m);
    expect(requests().map(({ kind }) => kind)).to.deep.equal(['setPolicy']);
  });

  it('says where a file is wrong', async () => {
    const file = stage.file('wrong.yaml', 'night:\n  hours: [late]\n');
    const { exitCode, error } = await stage.run((around) => runPolicySet(file, plain, around));
    expect(exitCode).to.equal(2);
    expect(error).to.match(/wrong\.yaml:2:\d+: night\.hours\[0\]: "late" are no hours/);
  });

  it('shows the rules that are set', async () => {
    const file = stage.file('rules.yaml', RULES);
    await stage.run((around) => runPolicySet(file, plain, around));
    const [set] = requests();
    if (set?.kind === 'setPolicy') stage.door.lock.record({ kind: 'policySet', policy: set.policy, personId });
    const { out } = await stage.run((around) => runPolicyShow(plain, around));
    expect(out).to.match(/^walkers +service of paws +only workers whom the owner has met/m);
  });

  it('explains a visit', async () => {
    const { out } = await stage.run((around) => runPolicyExplain({ ...plain, who: WALK_ID, for: 'delivery' }, around));
    expect(out)
      .to.match(/^walkers \(met in person\) +refuses/m)
      .and.match(/^walkers \(distance\) +depends/m);
  });

  it('ends with what the verdicts come to', async () => {
    const visit = { ...plain, who: WALK_ID, for: 'delivery' } as const;
    const refused = await stage.run((around) => runPolicyExplain(visit, around));
    expect(refused.out).to.match(/^in all +refused +\S/m);
    const stranger = await stage.run((around) => runPolicyExplain({ ...visit, who: 'nobody' }, around));
    expect(stranger.out).to.match(/^who +depends +nobody is known by that name here/m);
    expect(stranger.out).to.match(/^in all +depends +let in if these allow: who, /m);
    const owner = await stage.run((around) => runPolicyExplain({ ...visit, who: OLGA.id }, around));
    expect(owner.out).to.match(/^in all +let in +nothing refuses/m);
  });

  const faults = [
    ['- for: [service]\n', /wrong\.yaml:1:\d+: .*rules make no list; write "name of the rule:"/],
    ['far:\n  at most away: 50\n', /wrong\.yaml:2:\d+: .*must be a text, not 50; write for example "200 m"/],
    ['long:\n  prolong at most: 2\n', /must be a text, not 2; write for example "30 min"/],
    ['met:\n  met in person: yes\n', /must be true or false, not "yes"; write it without quotes/],
    ['night:\n  hours: mon-fri 08:00-20:00\n', /must be a list, not .*; put it in brackets/],
    ['pets:\n  certificates: [petFirstAid]\n', /must be an object with some of the keys kind, .*; write each as/],
  ] as const;
  for (const [text, message] of faults) {
    it(`says the mend of ${JSON.stringify(text)}`, async () => {
      const file = stage.file('wrong.yaml', text);
      const { exitCode, error } = await stage.run((around) => runPolicyCheck(file, plain, around));
      expect(exitCode).to.equal(2);
      expect(error).to.match(message);
    });
  }

  it('explains and checks the rules of a file without a lock', async () => {
    const around = { ...stage.around, stateFolder: join(stage.states, 'nowhere') };
    const file = stage.file('rules.yaml', RULES);
    const options = { ...plain, who: 'fast/dan', for: 'delivery', offline: { file, zone: 'Europe/Berlin' } } as const;
    const at = { early: '2026-11-24 07:59', later: '2026-11-24 08:00' };
    const early = await stage.run(() => runPolicyExplain({ ...options, at: at.early }, around));
    expect(early.exitCode).to.equal(0);
    expect(early.out).to.match(/^no parcels at night \(hours\) +refuses/m);
    const later = await stage.run(() => runPolicyExplain({ ...options, at: at.later }, around));
    expect(later.out)
      .to.match(/^no parcels at night \(hours\) +allows/m)
      .and.not.include('refuses');
    const check = await stage.run(() => runPolicyCheck(file, { ...plain, zone: 'Europe/Berlin' }, around));
    expect(check).to.deep.equal({ exitCode: 0, out: 'none\n', error: '' });
    const zone = await stage.run(() => runPolicyCheck(file, { ...plain, zone: 'Europe/Atlantis' }, around));
    expect(zone.exitCode).to.equal(2);
  });

  it('checks the rules of a file by what a lock knows', async () => {
    const file = stage.file('unknown.yaml', 'cleaners:\n  providers: [mop]\n  never: true\n');
    const { out } = await stage.run((around) => runPolicyCheck(file, plain, around));
    expect(out).to.include('names the firm mop, which is not enrolled');
  });

  it('confirms workers and pets', async () => {
    await stage.run((around) => runPolicyMet('paws/rosa', plain, around));
    await stage.run((around) => runPolicyPets(true, plain, around));
    expect(requests()).to.deep.equal([
      { kind: 'confirmMet', personId, workerId: 'paws/rosa' },
      { kind: 'setPetLoose', personId, loose: true },
    ]);
  });
});
