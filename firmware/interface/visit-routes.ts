import { latestEndUtcMs } from '../access/decide.js';
import { momentText } from '../access/local-time.js';
import type { Grant } from '../requests.js';
import { identifier, visitName } from '../credentials/claims.js';
import { prolongedAnswer, visitAnswer, visitIdAnswer, visitsAnswer } from './answers.js';
import type { Door } from './door.js';
import { answer, asked, refuse } from './replies.js';
import { residentRoute, type Route } from './route.js';
import { grantBody, prolongBody } from './schemas.js';
import { visitView } from './views.js';

/** For the owner: who comes, and whom the owner lets in by their own hand. */
export const visitRoutes: readonly Route[] = [
  residentRoute({
    method: 'GET',
    path: '/visits',
    name: 'visits',
    summary: 'All visits that the lock remembers',
    audience: 'owner',
    parameters: {},
    body: null,
    answer: visitsAnswer,
    handle: (_call, { lock }) => {
      const { ledger, access } = lock.sum;
      return answer({ visits: Array.from(ledger.values(), (entry) => visitView(entry, access)) });
    },
  }),
  residentRoute({
    method: 'GET',
    path: '/visits/{visitId}',
    name: 'visit',
    summary: 'One visit',
    audience: 'owner',
    parameters: { visitId: visitName },
    body: null,
    answer: visitAnswer,
    handle: ({ parameters }, { lock }) => {
      const entry = lock.sum.ledger.get(parameters.visitId);
      return entry === undefined ? refuse('unknownVisit') : answer(visitView(entry, lock.sum.access));
    },
  }),
  residentRoute({
    method: 'POST',
    path: '/visits/{visitId}/end',
    name: 'endVisit',
    summary: 'Deny a visit before it enters, end it after; whoever is inside leaves as ever',
    audience: 'owner',
    parameters: { visitId: visitName },
    body: null,
    answer: 'nothing',
    handle: ({ visitor, parameters }, { desk }) =>
      asked(desk.ask({ kind: 'endVisit', personId: visitor.resident.id, visitId: parameters.visitId })),
  }),
  residentRoute({
    method: 'POST',
    path: '/visits/{visitId}/prolong',
    name: 'prolongVisit',
    summary: 'Let a visit under way last until then; never shortens it',
    audience: 'owner',
    parameters: { visitId: visitName },
    body: prolongBody,
    answer: prolongedAnswer,
    handle: ({ visitor, parameters, body }, { desk, lock, settings }) => {
      const asker = { kind: 'person', personId: visitor.resident.id } as const;
      const { visitId } = parameters;
      const { refused } = desk.ask({ kind: 'prolongVisit', asker, visitId, untilUtcMs: body.untilUtcMs });
      const entry = lock.sum.ledger.get(visitId);
      if (refused === 'prolongedTooFar' && entry !== undefined) {
        const latest = momentText(settings.timeZone, latestEndUtcMs(entry.grant, lock.sum.access));
        return refuse(refused, `The visit may last until ${latest} at most.`);
      }
      if (refused !== null || entry === undefined) return refuse(refused ?? 'unknownVisit');
      return answer({ untilUtcMs: entry.untilUtcMs });
    },
  }),
  residentRoute({
    method: 'PUT',
    path: '/grants/{grantId}',
    name: 'announceVisit',
    summary: 'Let somebody in by your own hand, under an id of your choice',
    audience: 'owner',
    parameters: { grantId: identifier },
    body: grantBody,
    answer: visitIdAnswer,
    handle: ({ parameters, body }, door) => {
      const grant: Grant = { id: parameters.grantId, doorId: door.settings.doorId, issuance: null, ...body };
      if (isGranted(grant, door)) return answer({ visitId: grant.id });
      const { refused, visitId } = door.desk.ask({ kind: 'announceVisit', grant });
      return refused === null ? answer({ visitId }) : refuse(refused);
    },
  }),
];

/** An owner who asks once more, having heard no answer, has had it already. */
function isGranted(grant: Grant, { lock }: Door): boolean {
  const known = lock.sum.ledger.get(grant.id)?.grant;
  return (
    known !== undefined &&
    known.issuance === null &&
    known.personId === grant.personId &&
    known.purpose === grant.purpose &&
    known.fromUtcMs === grant.fromUtcMs &&
    known.untilUtcMs === grant.untilUtcMs &&
    known.entries === grant.entries
  );
}
