import { expect } from 'chai';
import { routes } from '../../../firmware/interface/routes.js';
import { Draws } from '../../../sim/random.js';
import { PAWS, WALK } from '../credentials/plain-door.js';
import { examples } from './questions.js';
import { StagedDoor } from './staged-door.js';

/** Bytes and tokens that break parsers. */
const POISON = [
  '{',
  '[',
  '"',
  '\\u0000',
  '\u0000',
  '\ud800',
  '1e999',
  '-0',
  'null',
  '__proto__',
  '%2F',
  '٣',
  '\r\n\r\n',
];

interface Seed {
  readonly method: string;
  readonly path: string;
  readonly text: string;
}

/** Something fit for every route. */
async function seeds(): Promise<readonly Seed[]> {
  const statement = JSON.stringify({ statement: await PAWS.token(WALK) });
  const bodies: Readonly<Record<string, string>> = {
    enterCode: '{"userNumber":1,"code":"123457"}',
    setCode: '{"holder":{"kind":"resident","personId":"charlie"},"expiresUtcMs":null,"usesLeft":1}',
    setAccessKey: '{"personId":"charlie"}',
  };
  return routes
    .filter(({ answer }) => answer !== 'events')
    .map(({ name, method, path }) => {
      const example = examples[name];
      const given = bodies[name] ?? (example?.body === undefined ? statement : JSON.stringify(example.body));
      return { method, path: example?.path ?? path, text: given };
    });
}

/** Changes a text in up to four places, as chance will have it. */
class Mutations {
  private readonly draws: Draws;
  private drawn = 0;

  constructor(seed: number) {
    this.draws = new Draws(seed, 'fuzz');
  }

  below(bound: number): number {
    this.drawn += 1;
    return this.draws.below(bound, this.drawn);
  }

  of(text: string): string {
    let mutated = text;
    for (let left = 1 + this.below(4); left > 0; left -= 1) {
      const at = this.below(mutated.length + 1);
      const [before, after] = [mutated.slice(0, at), mutated.slice(at)];
      switch (this.below(5)) {
        case 0:
          mutated = before + after.slice(1 + this.below(8));
          break;
        case 1:
          mutated = before + String.fromCharCode(this.below(0x100)) + after.slice(1);
          break;
        case 2:
          mutated = before + (POISON[this.below(POISON.length)] ?? '') + after;
          break;
        case 3:
          mutated = before + mutated.slice(this.below(mutated.length + 1)) + after;
          break;
        default:
          mutated = before + after.slice(0, this.below(8)) + after;
      }
    }
    return mutated.slice(0, 20_000);
  }
}

/**
 * Sends mutated requests of everybody's to every route: each is answered, none by a fault, none with an answer to whom it
 * is not for.
 */
export async function fuzz(count: number, seed: number): Promise<void> {
  const staged = new StagedDoor();
  const mutations = new Mutations(seed);
  const given = await seeds();
  const callers = ['nobody', 'stranger', 'household', 'owner'] as const;
  const statuses = new Map<number, number>();
  for (let sent = 0; sent < count; sent += 1) {
    const { method, path, text } = given[mutations.below(given.length)] ??
      given[0] ?? { method: '', path: '', text: '' };
    const by = callers[mutations.below(callers.length)] ?? 'nobody';
    const mutatedPath =
      mutations.below(4) === 0 ? `/${encodeURI(mutations.of(path.slice(1)).replaceAll(/[\ud800-\udfff]/g, ''))}` : path;
    const body = method === 'GET' || method === 'DELETE' ? {} : { text: mutations.of(text) };
    const before = staged.lock.requests.length;
    const response = await staged.ask({ method, path: mutatedPath, by, ...body });
    await response.arrayBuffer();
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    if (staged.faults.length > 0) throw new Error(`${method} ${mutatedPath} as ${by}: ${String(staged.faults[0])}`);
    if (by === 'nobody' || by === 'stranger') {
      // Statements and codes are the desk's to judge; nothing else may come through.
      for (const { kind } of staged.lock.requests.slice(before))
        expect(kind).to.be.oneOf(['announceVisit', 'enterCode']);
    }
    staged.lock.requests.length = 0;
    staged.lock.refusals.length = 0;
  }
  // Else the mutations are so wild, or so tame, that they try nothing.
  for (const status of [200, 204, 400, 401, 403, 404]) expect(statuses.get(status) ?? 0, String(status)).to.be.above(0);
}
