import type { RefusalReason } from '../journal/records.js';
import type { Request } from '../requests.js';
import type { Effect } from './effects.js';
import type { CoreEvent } from './events.js';

/** What was asked, in the words of the request, by what reached the core. */
const REQUESTS: Partial<Record<CoreEvent['kind'], Request['kind']>> = {
  visitorArrived: 'arrive',
  visitorRang: 'ring',
  entryAllowed: 'enter',
  visitorWithdrew: 'withdraw',
  departureStated: 'depart',
  deliveryClaimed: 'claimDelivered',
  unlockAllowed: 'unlock',
};

/** A refusal moves nothing, and is recorded and told all the same (S8); a worker hears of visits only. */
export function refusal(event: CoreEvent, reason: RefusalReason): readonly Effect[] {
  const visitId = 'visitId' in event ? event.visitId : null;
  const personId = 'personId' in event ? event.personId : '';
  const entry = event.kind === 'entryAllowed' ? event.entry : null;
  return refusalEffects(REQUESTS[event.kind] ?? event.kind, personId, visitId, entry, reason);
}

export function refusalEffects(
  request: string,
  personId: string,
  visitId: string | null,
  entry: number | null,
  reason: RefusalReason,
): readonly Effect[] {
  const effects: Effect[] = [
    { kind: 'record', event: { kind: 'requestRefused', request, personId, visitId, entry, reason } },
    { kind: 'notify', to: 'owner', notice: 'refused', visitId, detail: reason },
  ];
  if (visitId !== null) effects.push({ kind: 'notify', to: 'worker', notice: 'refused', visitId, detail: reason });
  return effects;
}
