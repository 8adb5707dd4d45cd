import { count, spanText } from '../sim/report/quantity-texts.js';
import { inWords } from '../sim/scenario/words.js';
import type { EventStory, VisitStory } from './journal-story.js';
import type { Stamp, ZonedTimes } from './journal-times.js';
import type { Terminal } from './terminal.js';

/** One item as a line of JSON. */
export function itemJson(item: VisitStory | EventStory, times: ZonedTimes): string {
  return `${JSON.stringify(item.kind === 'visit' ? visitJson(item, times) : eventJson(item, times))}\n`;
}

/** One item as a person reads it. */
export function itemText(item: VisitStory | EventStory, times: ZonedTimes, { paint }: Pick<Terminal, 'paint'>): string {
  if (item.kind !== 'visit') {
    const who = item.personId === null ? '' : `${item.personId} `;
    const visit = item.visitId === null ? '' : ` (visit ${item.visitId})`;
    return `${printable(`${times.stampText(item)}  ${who}${item.text}${visit}`)}\n`;
  }
  const [title = '', ...lines] = visitLines(item, times).map(printable);
  return `${paint('title', title)}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/** Names come from tokens: none may move the cursor. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}|\p{Cf}/gu, '\u{FFFD}');
}

function visitLines(visit: VisitStory, times: ZonedTimes): string[] {
  const { grant, firm, ended, prolongedUntilUtcMs } = visit;
  const until = times.text(prolongedUntilUtcMs ?? grant.untilUtcMs);
  const prolonged = prolongedUntilUtcMs === null ? '' : ', prolonged';
  const window = `${times.text(grant.fromUtcMs)} to ${until}${prolonged}`;
  return [
    `${ended === null ? 'not over' : times.stampText(ended)}  visit ${grant.id}: ${personText(visit)}, ${inWords(grant.purpose)}`,
    `door ${grant.doorId}${firm === null ? '' : `, sent by ${firm}`}`,
    `expected ${window}, ${count(grant.entries, 'entry', 'entries')}`,
    ...visit.moments.map((moment) => `${times.stampText(moment)}  ${moment.text}`),
    `measured: ${measuredText(visit)}`,
    `claimed: ${claimedText(visit, times)}`,
  ];
}

function personText({ grant: { personId, issuance } }: VisitStory): string {
  return issuance === null || issuance.workerName === personId ? personId : `${issuance.workerName} (${personId})`;
}

function measuredText({ ended, entries }: VisitStory): string {
  if (ended === null) return 'the visit is not over';
  const { outcome, doorOpenMs, jams } = ended;
  if (outcome === 'notOnRecord') return 'its end is not on record';
  const unlocked = entries.filter((entry) => entry.unlocked !== null).length;
  const facts = [inWords(outcome), `unlocked ${count(unlocked, 'time', 'times')}`];
  if (doorOpenMs !== null) facts.push(`door open ${spanText(doorOpenMs)}`);
  if (jams !== null) facts.push(count(jams, 'jam', 'jams'));
  return facts.join(', ');
}

function claimedText({ claims: { delivered, departed, withdrawn, distanceM } }: VisitStory, times: ZonedTimes): string {
  const said: string[] = [];
  if (delivered !== null) said.push(`delivered ${times.stampText(delivered)}`);
  for (const stamp of departed) said.push(`left ${times.stampText(stamp)}`);
  if (withdrawn !== null) said.push(`withdrew: ${inWords(withdrawn)}`);
  if (distanceM.unlock !== null) said.push(`${distanceM.unlock} m away at the unlock`);
  if (distanceM.departure !== null) said.push(`${distanceM.departure} m away when leaving`);
  return said.length === 0 ? 'nothing' : said.join(', ');
}

function visitJson(visit: VisitStory, times: ZonedTimes): object {
  const { grant, firm, ended, claims, prolongedUntilUtcMs } = visit;
  const at = (stamp: Stamp | null): object | null => stampJson(stamp, times);
  const { id, personId, doorId, purpose, issuance } = grant;
  return {
    kind: 'visit',
    visitId: id,
    person: { id: personId, name: issuance?.workerName ?? null, firm, providerId: issuance?.providerId ?? null },
    doorId,
    purpose,
    window: { from: times.text(grant.fromUtcMs), until: times.text(prolongedUntilUtcMs ?? grant.untilUtcMs) },
    entriesGranted: grant.entries,
    announced: at(visit.announced),
    arrived: at(visit.arrived),
    rang: at(visit.rang),
    entries: visit.entries.map(({ entry, accepted, recorded, unlocked, doorOpened, doorClosed, relocked }) => ({
      entry,
      accepted: at(accepted),
      recorded: at(recorded),
      unlocked: at(unlocked),
      doorOpened: at(doorOpened),
      doorClosed: at(doorClosed),
      relocked: at(relocked),
    })),
    moments: visit.moments.map((moment) => ({ what: moment.text, ...at(moment) })),
    measured: {
      ended: at(ended),
      outcome: ended?.outcome ?? null,
      doorOpenMs: ended?.doorOpenMs ?? null,
      jams: ended?.jams ?? null,
      seenToLeave: at(visit.departureShown),
    },
    claimed: {
      delivered: at(claims.delivered),
      left: at(claims.departed.at(-1) ?? null),
      withdrawn: claims.withdrawn,
      distanceM: claims.distanceM,
    },
  };
}

function eventJson(event: EventStory, times: ZonedTimes): object {
  const { kind, personId, visitId, text } = event;
  return { kind, at: stampJson(event, times), personId, visitId, text };
}

function stampJson(stamp: Stamp | null, times: ZonedTimes): object | null {
  if (stamp === null) return null;
  return { time: stamp.utcMs === null ? null : times.text(stamp.utcMs), atMs: stamp.atMs };
}
