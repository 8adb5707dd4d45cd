import type { DeskAnswer } from '../desk.js';
import { challengeAnswer, ownVisitAnswer, visitIdAnswer } from './answers.js';
import type { Door } from './door.js';
import { answer, refuse } from './replies.js';
import { openRoute, type Reply, type Route } from './route.js';
import { keypadBody, statementBody } from './schemas.js';
import { ownVisitView } from './views.js';

/** For workers, guests and firms. They need no key of the lock's: what they hand in is signed, or is itself the code. */
export const visitorRoutes: readonly Route[] = [
  openRoute({
    method: 'GET',
    path: '/challenge',
    name: 'challenge',
    summary: 'What to sign next, once and soon',
    audience: 'anyone',
    parameters: {},
    body: null,
    answer: challengeAnswer,
    handle: (_call, { desk }) => answer({ challenge: desk.challenge() }),
  }),
  openRoute({
    method: 'POST',
    path: '/tokens',
    name: 'presentToken',
    summary: 'Announce or correct a visit by a token that its firm has signed',
    audience: 'anyone',
    parameters: {},
    body: statementBody,
    answer: visitIdAnswer,
    handle: async ({ body }, { desk }) => visitReply(await desk.presentToken(body.statement)),
  }),
  openRoute({
    method: 'POST',
    path: '/proofs',
    name: 'presentProof',
    summary: "Arrive, ring, enter, withdraw, depart, claim a delivery or lock, signed by the visitor's device",
    audience: 'anyone',
    parameters: {},
    body: statementBody,
    answer: visitIdAnswer,
    handle: async ({ body }, { desk }) => visitReply(await desk.presentProof(body.statement)),
  }),
  openRoute({
    method: 'POST',
    path: '/revocations',
    name: 'takeRevocations',
    summary: "A firm's signed list of what it has taken back",
    audience: 'anyone',
    parameters: {},
    body: statementBody,
    answer: visitIdAnswer,
    handle: async ({ body }, { desk }) => visitReply(await desk.presentRevocations(body.statement)),
  }),
  openRoute({
    method: 'POST',
    path: '/prolongations',
    name: 'presentProlongation',
    summary: "A firm's signed word that one of its visits may last longer",
    audience: 'anyone',
    parameters: {},
    body: statementBody,
    answer: visitIdAnswer,
    handle: async ({ body }, { desk }) => visitReply(await desk.presentProlongation(body.statement)),
  }),
  openRoute({
    method: 'POST',
    path: '/keypad',
    name: 'enterCode',
    summary: 'A user number and a code typed at the door',
    audience: 'keypad',
    parameters: {},
    body: keypadBody,
    answer: visitIdAnswer,
    handle: async ({ body }, { desk }) => visitReply(await desk.enterCode(body.userNumber, body.code)),
  }),
  openRoute({
    method: 'POST',
    path: '/visits/view',
    name: 'viewVisit',
    summary: "A worker's own visit, by a proof of its device",
    audience: 'anyone',
    parameters: {},
    body: statementBody,
    answer: ownVisitAnswer,
    handle: async ({ body }, door) => ownVisit(await door.desk.presentView(body.statement), door),
  }),
  openRoute({
    method: 'POST',
    path: '/visits/follow',
    name: 'followVisit',
    summary: "The notices of a worker's own visit until it ends, by a proof of its device",
    audience: 'anyone',
    parameters: {},
    body: statementBody,
    answer: 'events',
    handle: async ({ body }, { desk }) => {
      const { refused, visitId } = await desk.presentView(body.statement);
      if (refused !== null || visitId === null) return refuse(refused ?? 'unknownVisit');
      return { kind: 'events', following: { of: 'visit', visitId } };
    },
  }),
];

function visitReply({ refused, visitId }: DeskAnswer): Reply<{ visitId: string | null }> {
  return refused === null ? answer({ visitId }) : refuse(refused);
}

function ownVisit({ refused, visitId }: DeskAnswer, { lock }: Door): Reply<ReturnType<typeof ownVisitView>> {
  if (refused !== null) return refuse(refused);
  const entry = visitId === null ? undefined : lock.sum.ledger.get(visitId);
  if (entry === undefined) return refuse('unknownVisit');
  return answer(ownVisitView(entry, lock.sum.access));
}
