import { expect } from 'chai';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RefusalReason } from '../../../firmware/journal/records.js';
import { NOW_UTC_MS, PAWS, PlainDoor, ROSA, WALK, WALK_ID } from './plain-door.js';
import { Mutants } from './mutants.js';

const LOOK_EVERY = 1_000;

export interface Fuzzed {
  /** Every answer that came, so that a test sees how deep the mutants went. */
  readonly refusals: ReadonlySet<RefusalReason>;
  /** Between two times during the run. */
  readonly heapGrowthBytes: number;
}

/** Shows the desk so many mutated tokens, lists, prolongations and proofs. Throws if it takes one for good. */
export async function fuzzDesk(count: number, seed: number): Promise<Fuzzed> {
  const door = new PlainDoor();
  await door.announce();
  const mutants = new Mutants(await originals(door), seed);
  const { desk, lock } = door;
  const present = [
    (text: string) => desk.presentToken(text),
    (text: string) => desk.presentProof(text),
    (text: string) => desk.presentRevocations(text),
    (text: string) => desk.presentProlongation(text),
    (text: string) => desk.presentView(text),
  ];
  lock.requests.length = 0;
  const refusals = new Set<RefusalReason>();
  let heapBytes = 0;
  for (let done = 0; done < count; done += 1) {
    if (done === Math.min(10 * LOOK_EVERY, count >> 1)) heapBytes = settledHeapBytes();
    const text = mutants.next();
    const answer = await present[done % present.length]?.(text);
    if (!answer?.refused || lock.requests.length > 0) throw new Error(`taken for good: ${text}`);
    refusals.add(answer.refused);
    if (done % LOOK_EVERY === 0) lock.refusals.length = 0;
  }
  expect(lock.sum.ledger.size, 'visits').to.equal(1);
  return { refusals, heapGrowthBytes: settledHeapBytes() - heapBytes };
}

/** Good ones of every type, by several keys. None of them is ever shown. */
async function originals(door: PlainDoor): Promise<string[]> {
  const { desk } = door;
  const subject = () => ({ challenge: desk.challenge(), visit: WALK_ID, door: WALK.door });
  const certificate = { kind: 'petFirstAid', issuer: 'Red Cross', expiresUtcMs: NOW_UTC_MS, selfStated: false };
  return [
    await PAWS.token({ ...WALK, visit: 'walk-2' }),
    await PAWS.token({ ...WALK, visit: 'walk-3', certificates: [certificate], replaces: 'walk-1' }, 'key-2'),
    await PAWS.revocations(1, NOW_UTC_MS, [
      { kind: 'worker', id: 'rosa' },
      { kind: 'device', id: ROSA.phone.deviceId },
    ]),
    await PAWS.prolongation('walk-1', NOW_UTC_MS, desk.challenge()),
    await ROSA.phone.prove(subject(), { act: 'arrive' }),
    await ROSA.phone.prove(subject(), { act: 'enter', entry: 1, distance: 5, notes: 'dog-1' }),
    await ROSA.phone.prove(subject(), { act: 'view' }),
  ];
}

function settledHeapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
