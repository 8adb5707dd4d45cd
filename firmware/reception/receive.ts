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

/** In whose name a request is refused; empty where nobody has said. */
export function askerOf(request: Request): string {
  if ('personId' in request) return request.personId;
  if ('grant' in request) return request.grant.personId;
  if ('providerId' in request) return request.providerId;
  if (!('asker' in request)) return '';
  return request.asker.kind === 'person' ? request.asker.personId : request.asker.providerId;
}
