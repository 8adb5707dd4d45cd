import type { InferOutput } from 'valibot';
import { prolongedAnswer, visitAnswer, visitIdAnswer, visitsAnswer } from '../firmware/interface/answers.js';
import { inWords } from '../sim/scenario/words.js';
import { issueCode } from './issued-code.js';
import type { ZonedTimes } from './journal-times.js';
import type { LockOptions, LockSurroundings } from './lock-errand.js';
import { pathOf, runErrand } from './lock-errand.js';
import { readSmallFile } from './small-file.js';

type Visit = InferOutput<typeof visitAnswer>;

/** The longest statement that a lock reads. */
const tokenBytesMax = 8_192;

/** One entry, by whoever is there now. */
const VISIT_CODE_USES = 1;

export async function runVisitList(options: LockOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const answer = await errand.lock().ask('GET', '/visits', visitsAnswer);
      const times = await errand.times();
      errand.show(answer, ['id', 'who', 'for', 'from', 'until', 'entries', 'stands'], () =>
        answer.visits.map((visit) => row(visit, times)),
      );
    },
    around,
  );
}

export async function runVisitShow(visitId: string, options: LockOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const visit = await errand.lock().ask('GET', pathOf('visits', visitId), visitAnswer);
      const times = await errand.times();
      errand.show(visit, undefined, () => details(visit, times));
    },
    around,
  );
}

/** The token speaks for itself: no access key is needed. */
export async function runVisitAnnounce(file: string, options: LockOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const statement = readSmallFile(file, tokenBytesMax).trim();
      const { visitId } = await errand.lockForAnybody().ask('POST', '/tokens', visitIdAnswer, { statement });
      errand.done(`visit ${visitId ?? ''} is announced`, { visitId });
    },
    around,
  );
}

export async function runVisitEnd(visitId: string, options: LockOptions, around?: LockSurroundings): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      await errand.lock().act('POST', `${pathOf('visits', visitId)}/end`);
      errand.done(`visit ${visitId} is ended: nobody enters any more, and whoever is inside may leave as ever`);
    },
    around,
  );
}

export async function runVisitProlong(
  visitId: string,
  options: LockOptions & { readonly until: string },
  around?: LockSurroundings,
): Promise<number> {
  return runErrand(
    options,
    async (errand) => {
      const times = await errand.times();
      const untilUtcMs = times.parse('--until', options.until);
      const path = `${pathOf('visits', visitId)}/prolong`;
      const answer = await errand.lock().ask('POST', path, prolongedAnswer, { untilUtcMs });
      const already = answer.untilUtcMs > untilUtcMs ? ' already: prolonging never shortens' : '';
      errand.done(`visit ${visitId} may last until ${times.shortText(answer.untilUtcMs)}${already}`, answer);
    },
    around,
  );
}

/** For a worker whose phone has died. */
export async function runVisitCode(
  visitId: string,
  options: LockOptions & { readonly out?: string },
  around?: LockSurroundings,
): Promise<number> {
  const plan = { holder: { kind: 'visit', visitId }, expiresUtcMs: null, usesLeft: VISIT_CODE_USES } as const;
  return runErrand(options, async (errand) => issueCode(errand, plan, options.out), around);
}

function row(visit: Visit, times: ZonedTimes): string[] {
  const { visitId, personId, purpose, fromUtcMs, untilUtcMs, entries, entriesSpent, worker } = visit;
  const who = worker === null ? personId : `${worker.name} (${worker.firm ?? worker.providerId})`;
  const span = [times.shortText(fromUtcMs), times.shortText(untilUtcMs)];
  return [visitId, who, inWords(purpose), ...span, `${entriesSpent} of ${entries}`, standing(visit)];
}

function standing({ outcome, cause, revoked, arrived }: Visit): string {
  if (outcome !== null) return inWords(outcome);
  if (revoked) return 'revoked';
  if (cause !== null) return `ending: ${inWords(cause)}`;
  return arrived ? 'under way' : 'expected';
}

function details(visit: Visit, times: ZonedTimes): string[][] {
  const [visitId = '', who = '', purpose = '', from = '', until = '', entries = '', stands = ''] = row(visit, times);
  const { worker, doorId, personId } = visit;
  const rows = [
    ['visit', visitId],
    ['who', who],
    ['person', personId],
    ['for', purpose],
    ['door', doorId],
    ['from', from],
    ['until', until],
    ['entries', entries],
    ['stands', stands],
  ];
  if (worker === null) return rows;
  const certificates = worker.certificates.map(
    ({ kind, issuer, expiresUtcMs, selfStated }) =>
      `${kind} by ${issuer} until ${times.shortText(expiresUtcMs)}${selfStated ? ", the firm's own word" : ''}`,
  );
  return [
    ...rows,
    ['device', worker.deviceId],
    ['photo', worker.photo ?? 'none'],
    ['certificates', certificates.join('; ') || 'none'],
  ];
}
