import type { Asker, CodeHolder } from '../firmware/access/authority.js';
import type { JournalEvent } from '../firmware/journal/records.js';
import { alarmTexts } from '../sim/report/alarm-texts.js';
import { count } from '../sim/report/quantity-texts.js';
import { refusalTexts } from '../firmware/refusal-texts.js';
import { inWords } from '../sim/scenario/words.js';

/** Whom an event is about, and what happened. */
export interface EventWords {
  readonly personId: string | null;
  readonly visitId: string | null;
  readonly text: string;
}

/** `null` for what is told elsewhere, or is of no use to a reader. No code, key or hash is ever among the words. */
export function eventWords(event: JournalEvent): EventWords | null {
  return doorWords(event) ?? accessWords(event);
}

/** What happened at the door. */
function doorWords(event: JournalEvent): EventWords | null {
  switch (event.kind) {
    case 'booted':
      return of('the lock starts');
    case 'positionFound':
      return of(`found: bolt ${event.bolt}, door ${event.doorClosed ? 'closed' : 'open'}`);
    case 'requestRefused': {
      const why = `${inWords(event.request)} refused: ${refusalTexts[event.reason]}`;
      return { personId: event.personId === '' ? null : event.personId, visitId: event.visitId, text: why };
    }
    case 'boltAsked':
      return by(event.personId, `asks for the bolt: ${event.goal}`);
    case 'driveEnded':
      return of(
        event.result === 'ok'
          ? `bolt ${event.bolt}`
          : `${event.goal} failed: ${inWords(event.result)}, bolt ${event.bolt}`,
      );
    case 'boltMovedByHand':
      return of(`a hand moved the bolt: ${event.bolt}`);
    case 'doorMoved':
      return of(event.closed ? 'door closed' : 'door opened');
    case 'jamDetected':
      return of(`jam, attempt ${event.attempt}`);
    case 'visitorRang':
      return { personId: null, visitId: event.visitId, text: 'the bell rings' };
    case 'deliveryClaimed':
      return { personId: event.personId, visitId: event.visitId, text: 'says, after the end: delivered' };
    case 'visitStopped':
      return { personId: null, visitId: event.visitId, text: `no further entry: ${inWords(event.cause)}` };
    case 'alarmRaised':
      return of(`alarm raised: ${inWords(event.alarm)}, ${alarmTexts[event.alarm].meaning}`);
    case 'alarmCleared':
      return of(`alarm cleared: ${inWords(event.alarm)}`);
    case 'modeChanged':
      return by(event.personId, `sets the mode: ${inWords(event.mode)}`);
    case 'refusalsOmitted':
      return of(`${count(event.count, 'more refusal', 'more refusals')} in this minute`);
    default:
      return null;
  }
}

/** What changed in who may enter. */
function accessWords(event: JournalEvent): EventWords | null {
  switch (event.kind) {
    case 'visitProlonged':
      return { ...asked(event.asker, 'prolongs the visit'), visitId: event.visitId };
    case 'notesAcknowledged':
      return { personId: null, visitId: event.visitId, text: 'the notes are acknowledged' };
    case 'providerEnrolled':
      return by(event.personId, `enrols the firm ${event.provider.id} (${event.provider.name})`);
    case 'guestSet':
      return by(event.personId, `lets the guest ${event.guest.personId} in: ${event.guest.schedule.kind}`);
    case 'codeSet':
      return asked(event.asker, `sets the code of user ${event.code.userNumber}, ${holderText(event.code.holder)}`);
    case 'codeAccepted':
      return of(`right code of user ${event.userNumber}`);
    case 'codeRefused':
      return of(`wrong code for user ${event.userNumber}`);
    case 'accessKeySet':
      return by(event.personId, `gives ${event.accessKey.personId} the access key ${event.accessKey.id}`);
    case 'policySet':
      return by(event.personId, 'sets the policy');
    case 'workerMet':
      return by(event.personId, `has met ${event.workerId}`);
    case 'petLooseSet':
      return by(event.personId, event.loose ? 'says that a pet is loose' : 'says that no pet is loose');
    case 'revoked':
      return by(event.personId, `revokes the ${inWords(event.target.kind)} ${event.target.id}`);
    case 'revocationsTaken':
      return of(`list ${event.sequence} of the firm ${event.providerId} revokes ${event.targets.length}`);
    case 'calendarTrusted':
      return by(event.personId, 'says that the calendar is right');
    default:
      return null;
  }
}

function of(text: string): EventWords {
  return { personId: null, visitId: null, text };
}

function by(personId: string, text: string): EventWords {
  return { personId, visitId: null, text };
}

function asked(asker: Asker, text: string): EventWords {
  return asker.kind === 'person' ? by(asker.personId, text) : of(`the firm ${asker.providerId} ${text}`);
}

function holderText(holder: CodeHolder): string {
  return holder.kind === 'visit' ? `for visit ${holder.visitId}` : `for ${holder.personId}`;
}
