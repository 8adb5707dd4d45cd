import * as v from 'valibot';
import { isTimeZone } from '../../firmware/access/local-time.js';
import { parseLocalHours } from '../../firmware/access/local-hours-text.js';
import { policySchema } from '../../firmware/access/policy-file.js';
import { closedObject } from '../../hal/issue-message.js';
import { DOOR_PROFILES, LOCK_PROFILES } from '../plant/profiles.js';
import { tokenNamePattern } from './deed.js';
import {
  count,
  duration,
  listMax,
  listOf,
  moment,
  momentOrTime,
  name,
  named,
  oneOf,
  textCheck,
} from './schema-parts.js';
import { inWords, purposes, roles } from './words.js';

/** What there is when a story begins: the door, the people, and who may come. */

const lockNames = Object.keys(LOCK_PROFILES).map(inWords);
const doorNames = Object.keys(DOOR_PROFILES).map(inWords);
/** Guests need no firm. */
const firmPurposes = purposes.filter((purpose) => purpose !== 'guest').map(inWords);

const purposeDescription = 'The purpose. It says whether the visitor rings first, and how long they may stay.';
const entriesDescription =
  'How often the door may be opened from outside. A parcel needs 1 (the default), a dog walk 2.';
const doorDescription = 'Another door than the one in the story.';
const announcedDescription = 'Without this the lock knows of the visit from the start.';

/** Chosen: as many as a grant may have. */
const entriesMax = 16;

const visit = closedObject({
  visitor: v.pipe(name, v.description('One of the people of the story.')),
  for: oneOf(purposes.map(inWords), purposeDescription),
  from: momentOrTime('When the window begins.'),
  until: momentOrTime('When the window ends.'),
  entries: v.exactOptional(count(entriesMax, entriesDescription)),
  door: v.exactOptional(v.pipe(name, v.description(doorDescription))),
  announced: v.exactOptional(oneOf(['later'], announcedDescription)),
  replaces: v.exactOptional(
    v.pipe(name, v.description('The visit whose announcement it corrects. A step must announce it.')),
  ),
});

function identifier(description: string) {
  return v.pipe(
    v.string(),
    textCheck((text) =>
      tokenNamePattern.test(text) ? null : `"${text}" is no name in a token; use letters, digits, ".", "_" and "-"`,
    ),
    v.metadata({ pattern: tokenNamePattern.source }),
    v.description(description),
  );
}

const keyNames = v.pipe(
  v.array(identifier('The name of a key.')),
  v.nonEmpty(),
  v.maxLength(8),
  v.description('The keys with which it signs, by name. One, "key-1", if nothing is said.'),
);

const provider = closedObject({
  name: v.exactOptional(v.pipe(name, v.description('As people know it; its name in the story if nothing is said.'))),
  'sends for': listOf(oneOf(firmPurposes, purposeDescription), 'What it may send people for.'),
  'token life': v.exactOptional(
    duration('The longest time from issue to expiry of its tokens. A day if nothing is said.'),
  ),
  keys: v.exactOptional(keyNames),
});

const certificate = closedObject({
  issuer: v.pipe(name, v.description('Who issued it.')),
  expires: momentOrTime('When it expires.'),
  'self-stated': v.exactOptional(v.pipe(v.boolean(), v.description('Whether it is only the firm that says so.'))),
});

const grant = closedObject({
  worker: v.pipe(name, v.description('One of the people of the story. The token is bound to their phone.')),
  firm: v.pipe(name, v.description('One of the providers, which signs the token.')),
  for: oneOf(firmPurposes, purposeDescription),
  from: momentOrTime('When the window begins.'),
  until: momentOrTime('When the window ends.'),
  entries: v.exactOptional(count(entriesMax, entriesDescription)),
  door: v.exactOptional(v.pipe(name, v.description(doorDescription))),
  issued: v.exactOptional(momentOrTime('When the token was issued; when the story begins if nothing is said.')),
  expires: v.exactOptional(momentOrTime('When the token expires; as late as its firm may say if nothing is said.')),
  'signed by': v.exactOptional(v.pipe(name, v.description('Which of its keys; the first if nothing is said.'))),
  certificates: v.exactOptional(named(certificate, 'What the worker is certified for, by kind.')),
  announced: v.exactOptional(oneOf(['later'], announcedDescription)),
  replaces: v.exactOptional(
    v.pipe(name, v.description('The grant of the same firm that dies with it. A step must present it.')),
  ),
});

const guest = closedObject({
  comes: oneOf(['once', 'weekly', 'always'], 'How often.'),
  from: v.exactOptional(momentOrTime('With "once": when the window begins.')),
  until: v.exactOptional(momentOrTime('With "once": when the window ends.')),
  hours: v.exactOptional(
    v.pipe(
      v.string(),
      textCheck((text) =>
        parseLocalHours(text) === null ? `"${text}" are no hours; write for example "tue,thu 09:00-12:00"` : null,
      ),
      v.description('With "weekly": the hours, by the clock at the door.'),
    ),
  ),
  expires: v.exactOptional(momentOrTime('When it ends in any case.')),
});

const code = v.pipe(
  closedObject({
    expires: v.exactOptional(momentOrTime('From when on it is refused.')),
    uses: v.exactOptional(count(1_000, 'How often it is good.')),
  }),
  v.description('A code at the keypad. It lasts until it expires, is used up, or both.'),
);

const timeZone = v.pipe(
  v.string(),
  textCheck((text) => (isTimeZone(text) ? null : `unknown time zone "${text}"; write for example "Europe/Berlin"`)),
  v.description('The time zone of the door, by its IANA name; UTC if nothing is said. All moments are UTC even so.'),
);

export const givenSchema = closedObject({
  begins: moment('The calendar when the story begins, UTC.'),
  'time zone': v.exactOptional(timeZone),
  camera: v.exactOptional(
    oneOf(
      ['watches visitors', 'watches the household too'],
      'Whom it watches; visitors always. They alone by default.',
    ),
  ),
  lock: v.exactOptional(oneOf(lockNames, 'The lock. slim is the default.')),
  door: v.exactOptional(oneOf(doorNames, 'The door and its strike plate. aligned is the default.')),
  board: v.exactOptional(v.pipe(name, v.description('A board, as "latchkey boards" lists them. sim is the default.'))),
  people: v.exactOptional(named(oneOf(Object.keys(roles), 'Who they are.'), 'Who is in the story.')),
  visits: v.exactOptional(named(visit, 'Who may come by the owner’s own hand, each visit by a name.')),
  providers: v.exactOptional(
    v.pipe(
      v.record(identifier('The name of a firm.'), provider),
      v.maxEntries(listMax, `at most ${listMax}; remove some`),
      v.description('The firms that send people, each by its name. The owner has enrolled them.'),
    ),
  ),
  grants: v.exactOptional(named(grant, 'Tokens that firms have signed, each by a name.')),
  guests: v.exactOptional(named(guest, 'Whom the owner lets in by a code, by their names.')),
  codes: v.exactOptional(named(code, 'Who has a code, by their names.')),
  policy: v.exactOptional(policySchema),
  met: v.exactOptional(listOf(name, 'Workers whom the owner has met in person.')),
  pet: v.exactOptional(oneOf(['loose', 'shut away'], 'Where the pet is.')),
});
