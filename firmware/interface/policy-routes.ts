import { policyWarnings } from '../access/policy-warnings.js';
import { calendarAnswer, explanationAnswer, warningsAnswer } from './answers.js';
import { explain } from './explanation.js';
import { answer, asked } from './replies.js';
import { residentRoute, type Route } from './route.js';
import { explainBody, policySchema } from './schemas.js';

/** For the owner: the rules of the house, why they allow or refuse, and the calendar by which they judge. */
export const policyRoutes: readonly Route[] = [
  residentRoute({
    method: 'GET',
    path: '/policy',
    name: 'policy',
    summary: "The owner's rules",
    audience: 'owner',
    parameters: {},
    body: null,
    answer: policySchema,
    handle: (_call, { lock }) => answer(lock.sum.access.policy),
  }),
  residentRoute({
    method: 'PUT',
    path: '/policy',
    name: 'setPolicy',
    summary: 'Put these rules in place of all others',
    audience: 'owner',
    parameters: {},
    body: policySchema,
    answer: 'nothing',
    handle: ({ visitor, body }, { desk }) =>
      asked(desk.ask({ kind: 'setPolicy', personId: visitor.resident.id, policy: body })),
  }),
  residentRoute({
    method: 'POST',
    path: '/policy/check',
    name: 'checkPolicy',
    summary: 'What is odd about these rules: those that never refuse, or always do; nothing is set',
    audience: 'owner',
    parameters: {},
    body: policySchema,
    answer: warningsAnswer,
    handle: ({ body }, { lock, settings }) => {
      const facts = { providers: lock.sum.access.providers, timeZone: settings.timeZone, utcMs: lock.utcMs() };
      return answer({ warnings: policyWarnings(body, facts) });
    },
  }),
  residentRoute({
    method: 'POST',
    path: '/policy/explain',
    name: 'explain',
    summary: "Every rule's verdict on a visit, a resident, a guest or a worker, at some time",
    audience: 'owner',
    parameters: {},
    body: explainBody,
    answer: explanationAnswer,
    handle: ({ body }, { lock, residents, settings, clock }) => {
      const { mode, access, ledger } = lock.sum;
      const utcMs = body.atUtcMs ?? lock.utcMs();
      const facts = { settings, mode, utcMs, nowMs: clock.nowMs(), access, ledger, residents };
      return answer({ verdicts: explain(body, facts) });
    },
  }),
  residentRoute({
    method: 'GET',
    path: '/calendar',
    name: 'calendar',
    summary: 'The time as the lock believes it',
    audience: 'owner',
    parameters: {},
    body: null,
    answer: calendarAnswer,
    handle: (_call, { lock, clock, settings }) => {
      const leastUtcMs = lock.sum.leastUtcMs(clock.nowMs());
      const latestRecordUtcMs = Number.isFinite(leastUtcMs) ? leastUtcMs : null;
      return answer({ utcMs: lock.utcMs(), latestRecordUtcMs, timeZone: settings.timeZone });
    },
  }),
  residentRoute({
    method: 'PUT',
    path: '/calendar/trust',
    name: 'trustCalendar',
    summary: "Say that the clock is right, though the lock's records are ahead of it",
    audience: 'owner',
    parameters: {},
    body: null,
    answer: 'nothing',
    handle: ({ visitor }, { desk }) => asked(desk.ask({ kind: 'trustCalendar', personId: visitor.resident.id })),
  }),
];
