import type { Code, Provider } from '../../../firmware/access/authority.js';
import { Fold } from '../../../firmware/journal/fold.js';
import type { JournalEvent, RefusalReason } from '../../../firmware/journal/records.js';
import { receive } from '../../../firmware/reception/receive.js';
import type { Reception, ReceptionFacts } from '../../../firmware/reception/reception.js';
import type { Request } from '../../../firmware/requests.js';
import { DEFAULT_SETTINGS } from '../../../firmware/settings.js';
import { CHILD, FROM_UTC_MS, grantOf, OWNER, recordsOf, UNTIL_UTC_MS } from './records.js';

export const UTC_MS = FROM_UTC_MS + 60_000;
export const RESIDENTS = new Map([OWNER, CHILD].map((resident) => [resident.id, resident]));
export const X = 'A'.repeat(43);

export const FIRM: Provider = {
  id: 'paws',
  name: 'Paws',
  keys: [{ id: 'k1', x: X }],
  purposes: ['service'],
  tokenLifeMaxMs: 86_400_000,
};
export const ENROLLED: JournalEvent = { kind: 'providerEnrolled', provider: FIRM, personId: 'owner' };
export const WALK = grantOf({
  id: 'paws/walk',
  personId: 'paws/wanda',
  purpose: 'service',
  issuance: {
    providerId: 'paws',
    keyId: 'k1',
    workerName: 'Wanda',
    photo: null,
    deviceX: X,
    deviceId: 'device-1',
    issuedUtcMs: FROM_UTC_MS - 60_000,
    expiresUtcMs: UNTIL_UTC_MS,
    certificates: [],
  },
});
export const ANNOUNCED: JournalEvent = { kind: 'visitAnnounced', grant: WALK };
export const ARRIVED: JournalEvent = { kind: 'visitorArrived', visitId: 'paws/walk', personId: 'paws/wanda' };

export function ask(
  request: Request,
  events: readonly JournalEvent[] = [ENROLLED, ANNOUNCED, ARRIVED],
  parts: Partial<ReceptionFacts> = {},
): Reception {
  const records = new Fold();
  for (const record of recordsOf(events)) records.apply(record);
  return receive(request, {
    settings: DEFAULT_SETTINGS,
    mode: 'normal',
    utcMs: UTC_MS,
    calendarUtcMs: UTC_MS - 30_000,
    nowMs: 50_000,
    access: records.access,
    records,
    residents: RESIDENTS,
    ...parts,
  });
}

export function refusal(request: Request, events?: readonly JournalEvent[]): RefusalReason | null {
  return ask(request, events).refusal;
}

export function codeFor(holder: Code['holder']): Code {
  return {
    userNumber: 7,
    holder,
    hash: { salt: X.slice(0, 22), hash: X, cost: 14 },
    expiresUtcMs: UNTIL_UTC_MS,
    usesLeft: 1,
  };
}

/** A guest, a code and an access key by the name of 7. */
export const KEPT: readonly JournalEvent[] = [
  ENROLLED,
  {
    kind: 'guestSet',
    guest: { personId: '7', schedule: { kind: 'always' }, expiresUtcMs: null },
    personId: 'owner',
  },
  {
    kind: 'codeSet',
    code: codeFor({ kind: 'guest', personId: '7' }),
    asker: { kind: 'person', personId: 'owner' },
  },
  { kind: 'accessKeySet', accessKey: { id: '7', personId: 'owner', hash: X }, personId: 'owner' },
];
