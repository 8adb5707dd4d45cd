import { randomBytes } from 'node:crypto';
import { visitIdAnswer, visitsAnswer } from '../firmware/interface/answers.js';
import type { Purpose } from '../firmware/access/authority.js';
import { inWords } from '../sim/scenario/words.js';
import { BadInput } from './bad-input.js';
import type { LockOptions, LockSurroundings } from './lock-errand.js';
import { pathOf, runErrand } from './lock-errand.js';

export interface GrantOptions extends LockOptions {
  readonly person: string;
  readonly for: Purpose;
  readonly from: string;
  readonly until: string;
  readonly entries: number;
}

/** Lets somebody in by the owner's own hand: a visit without a firm's token. */
export async function runGrantGive(options: GrantOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const { person: personId, for: purpose, from, until, entries } = options;
      const times = await errand.times();
      const fromUtcMs = times.parse('--from', from);
      const untilUtcMs = times.parse('--until', until);
      if (fromUtcMs >= untilUtcMs) throw new BadInput('latchkey: --until is not after --from; give a later time.');
      const grant = { personId, purpose, fromUtcMs, untilUtcMs, entries };
      const { visitId } = await errand.lock().ask('PUT', pathOf('grants', freshId()), visitIdAnswer, grant);
      errand.done(`${personId} may come for ${inWords(purpose)}: visit ${visitId ?? ''}`, { visitId });
    },
    around,
  );
}

/** Those that the owner gave, and that may still be used. */
export async function runGrantList(options: LockOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const { visits } = await errand.lock().ask('GET', '/visits', visitsAnswer);
      const times = await errand.times();
      const grants = visits.filter(
        ({ worker, outcome, purpose }) => worker === null && outcome === null && purpose !== 'guest',
      );
      errand.show({ grants }, ['id', 'who', 'for', 'from', 'until', 'entries'], () =>
        grants.map(({ visitId, personId, purpose, fromUtcMs, untilUtcMs, entries, entriesSpent }) => [
          visitId,
          personId,
          inWords(purpose),
          times.shortText(fromUtcMs),
          times.shortText(untilUtcMs),
          `${entriesSpent} of ${entries}`,
        ]),
      );
    },
    around,
  );
}

/** No other visit has it, so that asking twice after a lost answer gives one grant. */
function freshId(): string {
  return `grant-${randomBytes(6).toString('hex')}`;
}
