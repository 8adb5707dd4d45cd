import type { JournalSum } from '../journal/fold.js';
import type { Request } from '../requests.js';
import { receiveAccess } from './access-requests.js';
import { receiveDoor } from './door-requests.js';
import type { Reception, ReceptionFacts } from './reception.js';
import { receiveVisit } from './visit-requests.js';

/** Who may ask what: pure, and total over every request (DESIGN, modes; S7). */
export function receive(request: Request, facts: ReceptionFacts): Reception {
  switch (request.kind) {
    case 'announceVisit':
    case 'correctVisit':
    case 'arrive':
    case 'ring':
    case 'enter':
    case 'withdraw':
    case 'depart':
    case 'claimDelivered':
    case 'endVisit':
    case 'prolongVisit':
      return receiveVisit(request, facts);
    case 'answer':
    case 'lock':
    case 'unlock':
    case 'enterCode':
    case 'setMode':
    case 'clearAlarm':
      return receiveDoor(request, facts);
    case 'enrolProvider':
    case 'setGuest':
    case 'setCode':
    case 'setAccessKey':
    case 'setPolicy':
    case 'confirmMet':
    case 'setPetLoose':
    case 'revoke':
    case 'takeRevocations':
    case 'trustCalendar':
      return receiveAccess(request, facts);
  }
}

/** In whose name a request is refused; empty where nobody has shown who asks. */
export function askerOf(request: Request, records: JournalSum): string {
  if (request.kind === 'enterCode') return request.right ? holderOf(request.userNumber, records) : '';
  if ('personId' in request) return request.personId;
  if ('grant' in request) return request.grant.personId;
  if ('providerId' in request) return request.providerId;
  if (!('asker' in request)) return '';
  return request.asker.kind === 'person' ? request.asker.personId : request.asker.providerId;
}

/** Whom the code of that number stands for. */
function holderOf(userNumber: number, { access, ledger }: JournalSum): string {
  const holder = access.codes.get(userNumber)?.holder;
  if (holder === undefined) return '';
  return holder.kind === 'visit' ? (ledger.get(holder.visitId)?.grant.personId ?? '') : holder.personId;
}
