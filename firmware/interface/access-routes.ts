import type { RevocationTarget } from '../access/authority.js';
import {
  accessKeysAnswer,
  codesAnswer,
  guestsAnswer,
  issuedAccessKeyAnswer,
  issuedCodeAnswer,
  metAnswer,
  providersAnswer,
  revokedAnswer,
} from './answers.js';
import { answer, asked, DONE, refuse } from './replies.js';
import { residentRoute, type Route } from './route.js';
import {
  accessKeyBody,
  codeBody,
  guestBody,
  personIdSchema,
  providerBody,
  providerIdSchema,
  revocationKindSchema,
  targetIdSchema,
} from './schemas.js';
import { accessKeysView, codesView, guestsView, providersView } from './views.js';

/** For the owner: firms, guests, codes and keys, and taking each of them back. */
export const accessRoutes: readonly Route[] = [
  residentRoute({
    method: 'GET',
    path: '/providers',
    name: 'providers',
    summary: 'The firms that may send people',
    audience: 'owner',
    parameters: {},
    body: null,
    answer: providersAnswer,
    handle: (_call, { lock }) => answer(providersView(lock.sum.access)),
  }),
  residentRoute({
    method: 'PUT',
    path: '/providers/{providerId}',
    name: 'enrolProvider',
    summary: 'Enrol a firm, or enrol it anew with these keys and purposes',
    audience: 'owner',
    parameters: { providerId: providerIdSchema },
    body: providerBody,
    answer: 'nothing',
    handle: ({ visitor, parameters, body }, { desk }) => {
      const provider = { id: parameters.providerId, ...body };
      return asked(desk.ask({ kind: 'enrolProvider', personId: visitor.resident.id, provider }));
    },
  }),
  residentRoute({
    method: 'GET',
    path: '/guests',
    name: 'guests',
    summary: 'Who may come by a code, and when',
    audience: 'owner',
    parameters: {},
    body: null,
    answer: guestsAnswer,
    handle: (_call, { lock }) => answer(guestsView(lock.sum.access)),
  }),
  residentRoute({
    method: 'PUT',
    path: '/guests/{guestId}',
    name: 'setGuest',
    summary: 'Add a guest, or set anew when they may come',
    audience: 'owner',
    parameters: { guestId: personIdSchema },
    body: guestBody,
    answer: 'nothing',
    handle: ({ visitor, parameters, body }, { desk, residents }) => {
      if (residents.some(({ id }) => id === parameters.guestId)) {
        return refuse('invalidRequest', 'A resident has this name already; give the guest another.');
      }
      const guest = { personId: parameters.guestId, ...body };
      return asked(desk.ask({ kind: 'setGuest', personId: visitor.resident.id, guest }));
    },
  }),
  residentRoute({
    method: 'GET',
    path: '/codes',
    name: 'codes',
    summary: 'Who has a code, without the codes',
    audience: 'owner',
    parameters: {},
    body: null,
    answer: codesAnswer,
    handle: (_call, { lock }) => answer(codesView(lock.sum.access)),
  }),
  residentRoute({
    method: 'POST',
    path: '/codes',
    name: 'setCode',
    summary: 'Make a code, in place of an older one of the same person; shown this once',
    audience: 'owner',
    parameters: {},
    body: codeBody,
    answer: issuedCodeAnswer,
    handle: async ({ visitor, body }, { desk }) => {
      const asker = { kind: 'person', personId: visitor.resident.id } as const;
      const { refused, userNumber, code } = await desk.issueCode(asker, body);
      if (refused !== null || userNumber === null || code === null) return refuse(refused ?? 'invalidRequest');
      return answer({ userNumber, code });
    },
  }),
  residentRoute({
    method: 'GET',
    path: '/access-keys',
    name: 'accessKeys',
    summary: 'Which residents have a key to this interface, without the keys',
    audience: 'owner',
    parameters: {},
    body: null,
    answer: accessKeysAnswer,
    handle: (_call, { lock }) => answer(accessKeysView(lock.sum.access)),
  }),
  residentRoute({
    method: 'POST',
    path: '/access-keys',
    name: 'setAccessKey',
    summary: 'Make a key to this interface for a resident; shown this once',
    audience: 'owner',
    parameters: {},
    body: accessKeyBody,
    answer: issuedAccessKeyAnswer,
    handle: ({ visitor, body }, { desk }) => {
      const { refused, id, accessKey } = desk.issueAccessKey(visitor.resident.id, body.personId);
      if (refused !== null || id === null || accessKey === null) return refuse(refused ?? 'invalidRequest');
      return answer({ id, accessKey });
    },
  }),
  residentRoute({
    method: 'GET',
    path: '/met',
    name: 'met',
    summary: 'Which workers the owner has met in person',
    audience: 'owner',
    parameters: {},
    body: null,
    answer: metAnswer,
    handle: (_call, { lock }) => answer({ workerIds: [...lock.sum.access.metWorkerIds] }),
  }),
  residentRoute({
    method: 'PUT',
    path: '/met/{workerId}',
    name: 'confirmMet',
    summary: 'Say that you have met a worker in person',
    audience: 'owner',
    parameters: { workerId: targetIdSchema },
    body: null,
    answer: 'nothing',
    handle: ({ visitor, parameters }, { desk }) =>
      asked(desk.ask({ kind: 'confirmMet', personId: visitor.resident.id, workerId: parameters.workerId })),
  }),
  residentRoute({
    method: 'GET',
    path: '/revocations/{kind}/{id}',
    name: 'isRevoked',
    summary: 'Whether something has been taken back',
    audience: 'owner',
    parameters: { kind: revocationKindSchema, id: targetIdSchema },
    body: null,
    answer: revokedAnswer,
    handle: ({ parameters }, { lock }) =>
      answer({ revoked: lock.sum.access.isRevoked(parameters.kind, parameters.id) }),
  }),
  residentRoute({
    method: 'PUT',
    path: '/revocations/{kind}/{id}',
    name: 'revoke',
    summary: 'Take something back everywhere; a visit under way that hangs on it ends',
    audience: 'owner',
    parameters: { kind: revocationKindSchema, id: targetIdSchema },
    body: null,
    answer: 'nothing',
    handle: ({ visitor, parameters }, { desk, lock }) => {
      const target: RevocationTarget = parameters;
      // Whoever asks once more has what they want.
      if (lock.sum.access.isRevoked(target.kind, target.id)) return DONE;
      return asked(desk.ask({ kind: 'revoke', personId: visitor.resident.id, target }));
    },
  }),
];
