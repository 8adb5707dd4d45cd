import { compactVerify, type CryptoKey, importJWK } from 'jose';
import type { Desk, DeskAnswer } from '../firmware/desk.js';
import { DEFAULT_SETTINGS } from '../firmware/settings.js';
import { FanOut } from '../sim/fan-out.js';
import { Firm } from '../sim/people/firm.js';
import { Phone } from '../sim/people/phone.js';
import { ModelWorld } from '../sim/worlds/model.js';
import { median, ratio } from './measure.js';

const BEGINS_UTC_MS = Date.UTC(2026, 2, 3, 10, 15);
const DAY_MS = 86_400_000;
const BETWEEN_VISITS_MS = 60_000;
const OWNER_ID = 'Olga';
const { doorId } = DEFAULT_SETTINGS;

const FIRM = new Firm('paws');
const PHONE = new Phone('rosa');

export interface DecisionSpeed {
  /** Decisions per second, a number for each round. */
  readonly perSecond: readonly number[];
  /** As a part of the speed of bare signature checks: the median over the rounds. */
  readonly ofBare: number;
}

/** What each of a round's decisions took, and the bare checks of the same signatures. */
interface Round {
  readonly latchkeyMs: number[];
  readonly bareMs: number[];
}

/**
 * The whole lock's answer to a token, journal and notices included, and to a token and the proof that opens the door:
 * each beside nothing but jose's check of the same signatures, in turn.
 */
export async function decisionSpeeds(
  count: number,
  warmUpRounds: number,
  rounds: number,
): Promise<{ readonly token: DecisionSpeed; readonly entry: DecisionSpeed }> {
  const tokens = await Promise.all(Array.from({ length: count }, (_, index) => tokenOf(`visit-${index}`)));
  const [firmKey, phoneKey] = [await publicKey(FIRM.key().key.x), await publicKey(PHONE.publicX)];
  const tokenRounds: Round[] = [];
  const entryRounds: Round[] = [];
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    tokenRounds.push(await tokensRound(tokens, firmKey));
    entryRounds.push(await entriesRound(tokens, firmKey, phoneKey));
  }
  return { token: speedOf(tokenRounds.slice(warmUpRounds)), entry: speedOf(entryRounds.slice(warmUpRounds)) };
}

async function tokensRound(tokens: readonly string[], firmKey: CryptoKey): Promise<Round> {
  const { desk } = openDoor();
  const round: Round = { latchkeyMs: [], bareMs: [] };
  for (const token of tokens) {
    round.latchkeyMs.push(await answeredMs(() => desk.presentToken(token)));
    round.bareMs.push(await bareMs(token, firmKey));
  }
  return round;
}

/** One visitor after another, for only one is let in at a time. What the phone does is not timed. */
async function entriesRound(tokens: readonly string[], firmKey: CryptoKey, phoneKey: CryptoKey): Promise<Round> {
  const { world, desk } = openDoor();
  const round: Round = { latchkeyMs: [], bareMs: [] };
  for (const [index, token] of tokens.entries()) {
    const visitId = `${FIRM.id}/visit-${index}`;
    const subject = () => ({ challenge: desk.challenge(), visit: visitId, door: doorId });
    const arrival = await PHONE.prove(subject(), { act: 'arrive' });
    const proof = await PHONE.prove(subject(), { act: 'enter', entry: 1 });
    const tokenMs = await answeredMs(() => desk.presentToken(token));
    agreed(await desk.presentProof(arrival));
    round.latchkeyMs.push(tokenMs + (await answeredMs(() => desk.presentProof(proof))));
    round.bareMs.push((await bareMs(token, firmKey)) + (await bareMs(proof, phoneKey)));
    agreed(desk.ask({ kind: 'endVisit', personId: OWNER_ID, visitId }));
    world.advanceTo(world.nowMs() + BETWEEN_VISITS_MS);
  }
  return round;
}

async function answeredMs(ask: () => Promise<DeskAnswer>): Promise<number> {
  const begin = performance.now();
  agreed(await ask());
  return performance.now() - begin;
}

async function bareMs(statement: string, key: CryptoKey): Promise<number> {
  const begin = performance.now();
  await compactVerify(statement, key, { algorithms: ['EdDSA'] });
  return performance.now() - begin;
}

function openDoor(): { readonly world: ModelWorld; readonly desk: Desk } {
  const residents = [{ id: OWNER_ID, role: 'owner' }] as const;
  const settings = {
    lock: 'slim',
    door: 'aligned',
    board: 'sim',
    doorId,
    timeZone: 'UTC',
    beginsUtcMs: BEGINS_UTC_MS,
    residents,
  } as const;
  const world = new ModelWorld(settings, 1, new FanOut([]), { coalesce: true, journalBytes: false });
  world.advanceTo(1_000);
  const desk = world.desk('network');
  if (desk === null) throw new Error('the lock is down');
  const provider = FIRM.provider({ name: 'Happy Paws', purposes: ['service'], tokenLifeMaxMs: DAY_MS });
  agreed(desk.ask({ kind: 'enrolProvider', personId: OWNER_ID, provider }));
  return { world, desk };
}

function tokenOf(visit: string): Promise<string> {
  return FIRM.token({
    visit,
    worker: { id: 'rosa', name: 'Rosa', phone: PHONE },
    door: doorId,
    purpose: 'service',
    fromUtcMs: BEGINS_UTC_MS,
    untilUtcMs: BEGINS_UTC_MS + DAY_MS,
    entries: 2,
    issuedUtcMs: BEGINS_UTC_MS,
    expiresUtcMs: BEGINS_UTC_MS + DAY_MS,
  });
}

function agreed({ refused }: DeskAnswer): void {
  if (refused !== null) throw new Error(`the lock refused: ${refused}`);
}

async function publicKey(x: string): Promise<CryptoKey> {
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA');
  if (key instanceof Uint8Array) throw new TypeError('an Ed25519 key came out as bytes');
  return key;
}

/** By the middle one of each round: what shares the machine delays some of them for long. */
function speedOf(rounds: readonly Round[]): DecisionSpeed {
  const latchkey = rounds.map(({ latchkeyMs }) => median(latchkeyMs));
  const bare = rounds.map((round) => median(round.bareMs));
  return { perSecond: latchkey.map((ms) => 1_000 / ms), ofBare: ratio(bare, latchkey) };
}
