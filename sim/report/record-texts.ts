import type { Grant } from '../../firmware/requests.js';
import type { JournalEvent, MovementSource } from '../../firmware/journal/records.js';
import { inWords } from '../scenario/words.js';
import { accessText } from './access-texts.js';
import { refusalTexts } from '../../firmware/refusal-texts.js';
import { count, spanText, timeOfDayText } from './quantity-texts.js';
import type { Told } from './told.js';
import { good, plain, quiet, warning } from './told.js';

const sourceTexts: Readonly<Record<MovementSource, string>> = {
  visit: 'behind the visitor',
  remote: 'as the app asked',
  keypad: 'as the code asked',
  auto: 'by itself',
  button: 'as the button asked',
  homing: 'to find its place',
};

/** What the lock decided and why, from its journal. Remembers the grants, to speak of people rather than of numbers. */
export class RecordTexts {
  private readonly grants = new Map<string, Grant>();

  /** Was announced before the first event that is told. */
  know(grant: Grant): void {
    this.grants.set(grant.id, grant);
  }

  visitorOf(visitId: string | null): string {
    const grant = visitId === null ? undefined : this.grants.get(visitId);
    return grant === undefined ? 'the visitor' : nameOf(grant);
  }

  /** `null` for what other lines tell already. */
  text(event: JournalEvent): Told | null {
    switch (event.kind) {
      case 'booted':
        return quiet('starts');
      case 'positionFound':
        return quiet(`finds: bolt ${event.bolt}, door ${event.doorClosed ? 'closed' : 'open'}`);
      case 'visitAnnounced':
        return this.announced(event.grant);
      case 'entryAccepted':
        return plain(`accepts ${this.entry(event.visitId, event.entry)}: waits for the recording`);
      case 'recordingConfirmed':
        return good('recording confirmed');
      case 'requestRefused':
        return {
          text: `refuses ${event.personId || 'somebody'} (${inWords(event.request)}): ${refusalTexts[event.reason]}`,
          tone: 'warning',
        };
      case 'driveIntended':
        return this.drive(event);
      case 'driveEnded':
        return event.result === 'ok' ? null : warning(`stops: ${inWords(event.result)}, bolt ${event.bolt}`);
      case 'boltMovedByHand':
        return plain(`notes: a hand moved the bolt, now ${event.bolt}`);
      case 'departed':
        return plain(`notes: ${this.visitorOf(event.visitId)} has left (${event.how})`);
      case 'deliveryClaimed':
        return plain(`notes: ${event.personId} says it is delivered`);
      case 'withdrawn':
        return warning(`notes the withdrawal: ${inWords(event.reason)}`);
      case 'visitStopped':
        return warning(`gives no further entry: ${inWords(event.cause)}`);
      case 'visitEnded':
        return ended(event);
      case 'modeChanged':
        return plain(`mode is now ${inWords(event.mode)}, set by ${event.personId}`);
      case 'visitProlonged':
        return plain(`lets ${this.visitorOf(event.visitId)} stay until ${timeOfDayText(event.untilUtcMs)}`);
      case 'distanceReported':
        return quiet(`notes: the phone of ${this.visitorOf(event.visitId)} says it is ${event.distanceM} m away`);
      case 'notesAcknowledged':
        return quiet(`notes: ${this.visitorOf(event.visitId)} has read the notes`);
      case 'boltAsked':
        return quiet(`${event.personId} asks: ${event.goal}`);
      case 'refusalsOmitted':
        return quiet(`refused ${count(event.count, 'more request', 'more requests')} like these`);
      case 'calendarTrusted':
        return warning(`believes the calendar, as ${event.personId} said`);
      case 'visitorArrived':
      case 'visitorRang':
      case 'jamDetected':
      case 'doorMoved':
      case 'alarmRaised':
      case 'alarmCleared':
      case 'noticeQueued':
      case 'noticesDelivered':
      case 'snapshot':
        return null;
      default:
        return accessText(event);
    }
  }

  private announced(grant: Grant): Told {
    this.know(grant);
    const window = `${timeOfDayText(grant.fromUtcMs)} to ${timeOfDayText(grant.untilUtcMs)}`;
    const entries = grant.entries === 1 ? 'one entry' : `${grant.entries} entries`;
    return plain(`expects ${nameOf(grant)}: ${inWords(grant.purpose)}, ${window}, ${entries}`);
  }

  private drive({ goal, source, visitId, entry }: Extract<JournalEvent, { kind: 'driveIntended' }>): Told {
    const isForVisit = goal === 'unlocked' && visitId !== null && entry !== null;
    const why = isForVisit ? `: ${this.entry(visitId, entry)}, recorded` : ` ${sourceTexts[source]}`;
    return { text: `${goal === 'locked' ? 'LOCKS' : 'UNLOCKS'}${why}`, tone: 'title' };
  }

  private entry(visitId: string, entry: number): string {
    const grant = this.grants.get(visitId);
    if (grant === undefined) return `entry ${entry}`;
    return `entry ${entry} of ${grant.entries} for ${nameOf(grant)} (${inWords(grant.purpose)})`;
  }
}

/** A worker by name: the id has the firm before it. */
function nameOf({ personId, issuance }: Grant): string {
  return issuance?.workerName ?? personId;
}

function ended(event: Extract<JournalEvent, { kind: 'visitEnded' }>): Told {
  const facts = [
    `visit ended: ${inWords(event.outcome)}`,
    ...(event.entriesSpent > 0 ? [count(event.entriesSpent, 'entry', 'entries')] : []),
    ...(event.doorOpenMs > 0 ? [`door open ${spanText(event.doorOpenMs)}`] : []),
    ...(event.jams > 0 ? [count(event.jams, 'jam', 'jams')] : []),
    ...(event.deliveryClaimed ? ['said to be delivered'] : []),
  ];
  return { text: facts.join(', '), tone: event.outcome === 'completed' ? 'good' : 'warning' };
}
