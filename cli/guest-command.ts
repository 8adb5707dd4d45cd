import { calendarAnswer, codesAnswer, guestsAnswer } from '../firmware/interface/answers.js';
import { CODE_LIFE_MAX_MS } from '../firmware/access/checks.js';
import type { Schedule } from '../firmware/access/authority.js';
import { localHoursText, parseLocalHours } from '../firmware/access/local-hours-text.js';
import { BadInput } from './bad-input.js';
import { issueCode } from './issued-code.js';
import type { ZonedTimes } from './journal-times.js';
import type { Errand, LockOptions, LockSurroundings } from './lock-errand.js';
import { pathOf, runErrand } from './lock-errand.js';

export interface GuestOptions extends LockOptions {
  readonly from?: string;
  readonly until?: string;
  readonly weekly?: string;
  readonly always: boolean;
  readonly expires?: string;
}

export interface CodeOptions extends LockOptions {
  readonly expires?: string;
  readonly uses?: number;
  readonly out?: string;
}

/** Lets somebody come by a code: once, weekly, or always until taken back. The code is asked for on its own. */
export async function runGuestAdd(name: string, options: GuestOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const times = await errand.times();
      const schedule = scheduleOf(options, times);
      const expiresUtcMs = options.expires === undefined ? null : times.parse('--expires', options.expires);
      const now = await nowUtcMs(errand);
      if (schedule.kind === 'once') checkAhead('--until', schedule.untilUtcMs, now, times);
      if (expiresUtcMs !== null) checkAhead('--expires', expiresUtcMs, now, times);
      await errand.lock().act('PUT', pathOf('guests', name), { schedule, expiresUtcMs });
      errand.done(`guest ${name} may come ${scheduleText(schedule, times)}; for a code: latchkey guest code ${name}`);
    },
    around,
  );
}

export async function runGuestList(options: LockOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const { guests } = await errand.lock().ask('GET', '/guests', guestsAnswer);
      const { codes } = await errand.lock().ask('GET', '/codes', codesAnswer);
      const times = await errand.times();
      const codeOf = (personId: string) =>
        codes.find(({ holder }) => holder.kind === 'guest' && holder.personId === personId) ?? null;
      const listed = guests.map(({ personId, schedule, expiresUtcMs }) => {
        const userNumber = codeOf(personId)?.userNumber ?? null;
        return { personId, schedule, expiresUtcMs, userNumber };
      });
      errand.show({ guests: listed }, ['guest', 'user number', 'may come', 'ends'], () =>
        listed.map(({ personId, userNumber, schedule, expiresUtcMs }) => [
          personId,
          userNumber === null ? 'no code' : String(userNumber),
          scheduleText(schedule as Schedule, times),
          expiresUtcMs === null ? 'no end' : times.text(expiresUtcMs),
        ]),
      );
    },
    around,
  );
}

/** A new code, in place of the one before. */
export async function runGuestCode(name: string, options: CodeOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const { expires, uses, out } = options;
      if (expires === undefined && uses === undefined) {
        throw new BadInput('latchkey: no code is for ever; add --expires TIME, --uses N, or both.');
      }
      const expiresUtcMs = expires === undefined ? null : await codeEndUtcMs(errand, expires);
      const plan = { holder: { kind: 'guest', personId: name }, expiresUtcMs, usesLeft: uses ?? null } as const;
      await issueCode(errand, plan, out);
    },
    around,
  );
}

/** As the lock believes it; `null` while it does not know. */
async function nowUtcMs(errand: Errand): Promise<number | null> {
  return (await errand.lock().ask('GET', '/calendar', calendarAnswer)).utcMs;
}

function checkAhead(option: string, endUtcMs: number, now: number | null, times: ZonedTimes): void {
  if (now === null || endUtcMs > now) return;
  const passed = `${times.text(endUtcMs)} has passed; at the lock it is ${times.text(now)}`;
  throw new BadInput(`latchkey: ${option}: ${passed}. Give a later time.`);
}

async function codeEndUtcMs(errand: Errand, expires: string): Promise<number> {
  const times = await errand.times();
  const endUtcMs = times.parse('--expires', expires);
  const now = await nowUtcMs(errand);
  checkAhead('--expires', endUtcMs, now, times);
  if (now === null || endUtcMs <= now + CODE_LIFE_MAX_MS) return endUtcMs;
  const latest = times.text(now + CODE_LIFE_MAX_MS);
  throw new BadInput(`latchkey: --expires ${expires}: no code lasts longer than 366 days, now until ${latest}.`);
}

function scheduleOf({ from, until, weekly, always }: GuestOptions, times: ZonedTimes): Schedule {
  const once = from !== undefined || until !== undefined;
  if (Number(once) + Number(weekly !== undefined) + Number(always) !== 1) {
    throw new BadInput('latchkey: when may the guest come? Give --from and --until, or --weekly HOURS, or --always.');
  }
  if (weekly !== undefined) {
    const hours = parseLocalHours(weekly);
    if (hours === null)
      throw new BadInput(`latchkey: --weekly ${weekly}: are no hours; for example "mon-fri 08:00-20:00".`);
    return { kind: 'weekly', hours };
  }
  if (always) return { kind: 'always' };
  if (from === undefined || until === undefined)
    throw new BadInput('latchkey: --from and --until go together; give both.');
  const [fromUtcMs, untilUtcMs] = [times.parse('--from', from), times.parse('--until', until)];
  if (untilUtcMs <= fromUtcMs) throw new BadInput('latchkey: --until is not after --from; give a later time.');
  return { kind: 'once', fromUtcMs, untilUtcMs };
}

function scheduleText(schedule: Schedule, times: ZonedTimes): string {
  switch (schedule.kind) {
    case 'once':
      return `from ${times.text(schedule.fromUtcMs)} until ${times.text(schedule.untilUtcMs)}`;
    case 'weekly':
      return localHoursText(schedule.hours);
    case 'always':
      return 'always';
  }
}
