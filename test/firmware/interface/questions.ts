import type { Request as LockRequest } from '../../../firmware/requests.js';
import { NOW_UTC_MS, OLGA } from '../credentials/plain-door.js';

/** How each route is asked for something that the lock agrees to, and what the lock then is asked. */
export interface Example {
  readonly path: string;
  readonly body?: unknown;
  readonly status: 200 | 204;
  /** As the owner asks it; `null`: nothing is asked of the lock. */
  readonly request: LockRequest | null;
}

const personId = OLGA.id;
const untilUtcMs = NOW_UTC_MS + 3_600_000;
const PROVIDER = {
  name: 'A second retailer',
  keys: [{ id: 'k1', x: `${'A'.repeat(42)}A` }],
  purposes: ['delivery' as const],
  tokenLifeMaxMs: 86_400_000,
};
const GUEST = { schedule: { kind: 'once' as const, fromUtcMs: NOW_UTC_MS, untilUtcMs }, expiresUtcMs: null };
const GRANT = { personId: 'plumber', purpose: 'maintenance' as const, fromUtcMs: NOW_UTC_MS, untilUtcMs, entries: 2 };
const TARGET = { kind: 'worker' as const, id: 'paws/rosa' };

/** By the route's name. Those for statements and codes are tried with real ones, elsewhere. */
export const examples: Readonly<Record<string, Example>> = {
  status: { path: '/status', status: 200, request: null },
  lock: { path: '/lock', status: 204, request: { kind: 'lock', personId } },
  unlock: { path: '/unlock', status: 204, request: { kind: 'unlock', personId, by: 'app' } },
  answer: { path: '/answer', status: 204, request: { kind: 'answer', personId } },
  setMode: {
    path: '/mode',
    body: { mode: 'privacy' },
    status: 204,
    request: { kind: 'setMode', personId, mode: 'privacy' },
  },
  setPetLoose: {
    path: '/pets',
    body: { loose: true },
    status: 204,
    request: { kind: 'setPetLoose', personId, loose: true },
  },
  clearAlarm: {
    path: '/alarms/DoorForcedOpen',
    status: 204,
    request: { kind: 'clearAlarm', personId, alarm: 'DoorForcedOpen' },
  },
  visits: { path: '/visits', status: 200, request: null },
  visit: { path: '/visits/paws%2Fwalk-1', status: 200, request: null },
  endVisit: {
    path: '/visits/paws%2Fwalk-1/end',
    status: 204,
    request: { kind: 'endVisit', personId, visitId: 'paws/walk-1' },
  },
  prolongVisit: {
    path: '/visits/paws%2Fwalk-1/prolong',
    body: { untilUtcMs },
    status: 200,
    request: { kind: 'prolongVisit', asker: { kind: 'person', personId }, visitId: 'paws/walk-1', untilUtcMs },
  },
  announceVisit: {
    path: '/grants/boiler',
    body: GRANT,
    status: 200,
    request: { kind: 'announceVisit', grant: { id: 'boiler', doorId: 'front-door', issuance: null, ...GRANT } },
  },
  providers: { path: '/providers', status: 200, request: null },
  enrolProvider: {
    path: '/providers/second',
    body: PROVIDER,
    status: 204,
    request: { kind: 'enrolProvider', personId, provider: { id: 'second', ...PROVIDER } },
  },
  guests: { path: '/guests', status: 200, request: null },
  setGuest: {
    path: '/guests/J%C3%B6rg',
    body: GUEST,
    status: 204,
    request: { kind: 'setGuest', personId, guest: { personId: 'Jörg', ...GUEST } },
  },
  codes: { path: '/codes', status: 200, request: null },
  accessKeys: { path: '/access-keys', status: 200, request: null },
  met: { path: '/met', status: 200, request: null },
  confirmMet: {
    path: '/met/paws%2Frosa',
    status: 204,
    request: { kind: 'confirmMet', personId, workerId: 'paws/rosa' },
  },
  isRevoked: { path: '/revocations/worker/paws%2Frosa', status: 200, request: null },
  revoke: {
    path: '/revocations/worker/paws%2Frosa',
    status: 204,
    request: { kind: 'revoke', personId, target: TARGET },
  },
  policy: { path: '/policy', status: 200, request: null },
  setPolicy: {
    path: '/policy',
    body: { rules: [] },
    status: 204,
    request: { kind: 'setPolicy', personId, policy: { rules: [] } },
  },
  checkPolicy: { path: '/policy/check', body: { rules: [] }, status: 200, request: null },
  explain: {
    path: '/policy/explain',
    body: { who: 'paws/rosa', purpose: 'service', atUtcMs: null },
    status: 200,
    request: null,
  },
  calendar: { path: '/calendar', status: 200, request: null },
  trustCalendar: { path: '/calendar/trust', status: 204, request: { kind: 'trustCalendar', personId } },
};
