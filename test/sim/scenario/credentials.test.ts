import { expect } from 'chai';
import type { Desk } from '../../../firmware/desk.js';
import type { JournalEvent } from '../../../firmware/journal/records.js';
import type { Request } from '../../../firmware/requests.js';
import type { Observer } from '../../../sim/observation.js';
import { Belongings } from '../../../sim/scenario/belongings.js';
import { loadScenario } from '../../../sim/scenario/load.js';
import { playScenario } from '../../../sim/scenario/player.js';
import type { MakeWorld } from '../../../sim/world.js';
import { ModelWorld } from '../../../sim/worlds/model.js';

const head = `story: A story
given:
  begins: 2026-03-03 10:15
  people: { Olga: owner, Carla: courier, Mallory: courier, Gus: guest }
  providers: { Acme: { sends for: [delivery] } }
  grants:
    parcel: { worker: Carla, firm: Acme, for: delivery, from: 10:00, until: 14:00 }
`;

/** Making a code takes a third of a second. */
const withCode = `${head}  guests: { Gus: { comes: always } }
  codes: { Gus: { uses: 3 } }
`;

interface Seen {
  readonly events: readonly JournalEvent[];
  readonly deeds: readonly string[];
  readonly requests: readonly Request[];
}

async function play(steps: string, given = head): Promise<Seen> {
  const scenario = loadScenario({ text: `${given}steps:\n${steps}`, file: 'story.yaml' }, ['sim']);
  const events: JournalEvent[] = [];
  const deeds: string[] = [];
  const requests: Request[] = [];
  const observer: Observer = {
    record: (_nowMs, record) => events.push(record.event),
    deed: (nowMs, words) => deeds.push(`${nowMs} ${words}`),
    request: (_nowMs, request) => requests.push(request),
  };
  await playScenario({ scenario, point: null, seed: 1, makeWorld: model, observers: [observer] });
  return { events, deeds, requests };
}

const model: MakeWorld = (settings, seed, observer) =>
  new ModelWorld(settings, seed, observer, { coalesce: true, journalBytes: true });

function refusalsIn({ events }: Seen): readonly string[] {
  return events.flatMap((event) => (event.kind === 'requestRefused' ? [`${event.request} ${event.reason}`] : []));
}

describe('credentials in a story', () => {
  it('are verified while time stands still, and seen by observers before they reach the lock', async () => {
    const { deeds, requests } = await play('  - at: 10 s\n    do: Carla arrives\n  - do: Carla rings\n');
    expect(deeds.slice(-2)).to.deep.equal(['10000 Carla arrives', '10000 Carla rings']);
    expect(requests.slice(-3).map(({ kind }) => kind)).to.deep.equal(['announceVisit', 'arrive', 'ring']);
  });

  it('do not reach a lock without network or power, and the bell needs power only', async () => {
    const { deeds } = await play(`  - fault: network down
  - do: Carla arrives
  - do: Carla rings
  - fault: power down
  - do: Carla rings
`);
    expect(deeds.slice(-3)).to.deep.equal([
      '0 Carla arrives, in vain: it does not reach the lock',
      '0 Carla rings',
      '0 Carla rings, in vain: it does not reach the lock',
    ]);
  });

  it('are those of the phone of whoever acts', async () => {
    const seen = await play('  - do: Mallory arrives\n    visit: parcel\n');
    expect(refusalsIn(seen)).to.deep.equal(['arrive wrongDevice']);
  });

  it('are forged where the story says so', async () => {
    const seen = await play(`  - do: Mallory presents the token with alg none
  - do: Mallory presents the token signed by another key
  - do: Mallory presents the token with other claims
  - do: Mallory presents the token made 1 MB long
`);
    expect(refusalsIn(seen)).to.deep.equal([
      'announceVisit malformedStatement',
      'announceVisit badSignature',
      'announceVisit badSignature',
      'announceVisit malformedStatement',
    ]);
  });

  it('can be sent again, but for who has sent none', async () => {
    const seen = await play(
      '  - do: Carla arrives\n  - do: Carla sends the same proof again\n  - do: Gus sends the same proof again\n',
    );
    expect(refusalsIn(seen)).to.deep.equal(['arrive badChallenge']);
    expect(seen.deeds.at(-1)).to.equal('0 Gus sends the same proof again, in vain: the phone has sent no proof yet');
  });

  it('are codes as they were told, and wrong ones', async () => {
    const seen = await play(
      `  - at: 1 s
    do: Carla arrives
  - do: Mallory types a wrong code
  - do: Mallory types the code of Gus
  - do: Carla types the code of the visit
  - do: Olga sets a code for the visit
  - do: Olga revokes the code of Gus
`,
      withCode,
    );
    expect(refusalsIn(seen)).to.deep.equal(['enterCode wrongCode', 'arrive anotherVisitOpen']);
    expect(seen.events.map(({ kind }) => kind)).to.include('codeAccepted');
    expect(seen.deeds.slice(-3)).to.deep.equal([
      '1000 Carla types the code of the visit, in vain: nobody was told such a code',
      '1000 Olga sets a code for the visit',
      '1000 Olga revokes the code of Gus',
    ]);
    const targets = seen.events.flatMap((event) => (event.kind === 'revoked' ? [event.target] : []));
    expect(targets).to.deep.equal([{ kind: 'code', id: '1' }]);
  });

  it('are a firm’s lists, each complete and with the next number', async () => {
    const { requests } = await play(`  - do: Acme takes back the worker Carla
  - do: Acme sends its revocation list
  - do: Acme takes back the phone of Carla
  - do: Acme sends its revocation list
`);
    const lists = requests.flatMap((request) => (request.kind === 'takeRevocations' ? [request] : []));
    expect(lists.map(({ sequence, targets }) => [sequence, targets.map(({ kind }) => kind)])).to.deep.equal([
      [1, ['worker']],
      [2, ['worker', 'device']],
    ]);
    expect(lists[0]?.targets).to.deep.equal([{ kind: 'worker', id: 'Acme/Carla' }]);
  });

  it('are all a play’s own: another play begins anew', async () => {
    const steps = '  - do: Acme sends its revocation list\n';
    const [first, second] = [await play(steps), await play(steps)];
    expect(second).to.deep.equal(first);
  });
});

describe('what people have with them', () => {
  it('is a wrong code that is never the right one', async () => {
    const typed: string[] = [];
    const plan = { holder: { kind: 'guest', personId: 'Gus' }, expiresUtcMs: null, usesLeft: 1 } as const;
    for (const right of ['246813', '135790']) {
      const desk = {
        issueCode: () => Promise.resolve({ refused: null, userNumber: 1, code: right }),
        enterCode: (_userNumber: number, code: string) => {
          typed.push(code);
          return Promise.resolve({ refused: null, visitId: null });
        },
      } as unknown as Desk;
      const belongings = new Belongings('front-door', () => 0);
      await belongings.issueCode(desk, 'Olga', plan);
      await belongings.typeWrongCode(desk);
      expect(typed.at(-1)).to.not.equal(right);
    }
    expect(typed).to.have.length(2);
  });
});
