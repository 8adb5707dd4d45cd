import * as v from 'valibot';
import type { AccessKey, Code, Guest, Provider, Purpose, RevocationKind, RevocationTarget } from './authority.js';
import type { LocalHours, Weekday } from './local-hours.js';
import type { Policy, PolicyRule } from './policy.js';

/**
 * What may be kept of firms, guests, codes and rules: everything has a limit, so that nobody fills the lock up. All
 * limits are chosen.
 */

const DAY_MS = 86_400_000;

/** The longest life of a token: so long a lock without a network may believe one that was taken back. */
const TOKEN_LIFE_MAX_MS = 31 * DAY_MS;

/** A name that stands for one thing, without the slash that parts a firm's name from those it gives. */
const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/));

/** The id of a person, visit or device, as firms, owners and stories give them: one line of text. */
const anyId = v.pipe(v.string(), v.maxLength(129), v.regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+$/u));

/** To be read by a person, on one line. */
const label = v.pipe(v.string(), v.maxLength(128), v.regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+$/u));

/** 32 bytes, base64url: of the last character two bits are unused, and zero. */
const bytes32 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/));

const utcMs = v.pipe(v.number(), v.safeInteger());

function whole(least: number, most: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
}

/** Every name of a kind: the compiler sees to it. */
function namesOf<Name extends string>(names: Readonly<Record<Name, true>>) {
  return v.picklist(Object.keys(names) as Name[]);
}

/** At most so many, and none twice. */
function setOf<const Item extends v.GenericSchema>(item: Item, least: number, most: number) {
  return v.pipe(
    v.array(item),
    v.minLength(least),
    v.maxLength(most),
    v.check((items) => new Set(items).size === items.length),
  );
}

const purpose = namesOf<Purpose>({
  delivery: true,
  deliveryInside: true,
  service: true,
  maintenance: true,
  guest: true,
});

export const providerShape = v.strictObject({
  id,
  name: label,
  keys: v.pipe(
    v.array(v.strictObject({ id, x: bytes32 })),
    v.minLength(1),
    v.maxLength(8),
    v.check((keys) => new Set(keys.map((key) => key.id)).size === keys.length),
  ),
  purposes: setOf(
    namesOf<Exclude<Purpose, 'guest'>>({ delivery: true, deliveryInside: true, service: true, maintenance: true }),
    1,
    4,
  ),
  tokenLifeMaxMs: whole(60_000, TOKEN_LIFE_MAX_MS),
}) satisfies v.GenericSchema<Provider>;

const weekday = namesOf<Weekday>({
  monday: true,
  tuesday: true,
  wednesday: true,
  thursday: true,
  friday: true,
  saturday: true,
  sunday: true,
});

const localHours = v.pipe(
  v.strictObject({ days: setOf(weekday, 0, 7), fromMinute: whole(0, 1_439), untilMinute: whole(1, 1_440) }),
  v.check(({ fromMinute, untilMinute }) => fromMinute < untilMinute),
) satisfies v.GenericSchema<LocalHours>;

export const guestShape = v.strictObject({
  personId: anyId,
  schedule: v.variant('kind', [
    v.pipe(
      v.strictObject({ kind: v.literal('once'), fromUtcMs: utcMs, untilUtcMs: utcMs }),
      v.check(({ fromUtcMs, untilUtcMs }) => fromUtcMs < untilUtcMs),
    ),
    v.strictObject({ kind: v.literal('weekly'), hours: localHours }),
    v.strictObject({ kind: v.literal('always') }),
  ]),
  expiresUtcMs: v.nullable(utcMs),
}) satisfies v.GenericSchema<Guest>;

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,128}$/));

/** That it has an end, and which, is for `checkCode`. */
export const codeShape = v.strictObject({
  userNumber: whole(1, 9_999),
  holder: v.variant('kind', [
    v.strictObject({ kind: v.literal('resident'), personId: anyId }),
    v.strictObject({ kind: v.literal('guest'), personId: anyId }),
    v.strictObject({ kind: v.literal('visit'), visitId: anyId }),
  ]),
  hash: v.strictObject({ salt: base64url, hash: base64url, cost: whole(10, 18) }),
  expiresUtcMs: v.nullable(utcMs),
  usesLeft: v.nullable(whole(1, 1_000)),
}) satisfies v.GenericSchema<Code>;

export const accessKeyShape = v.strictObject({
  id,
  personId: anyId,
  hash: bytes32,
}) satisfies v.GenericSchema<AccessKey>;

export const workerIdShape = anyId;

/** What a firm names of its own: `<providerId>/<name>`. */
export const firmsNameShape = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}\/[A-Za-z0-9._-]{1,64}$/));

/** Of a device's key: SHA-256, base64url. */
export const thumbprintShape = bytes32;

export const revocationTargetShape = v.strictObject({
  kind: namesOf<RevocationKind>({
    worker: true,
    device: true,
    provider: true,
    key: true,
    grant: true,
    code: true,
    guest: true,
    accessKey: true,
  }),
  id: anyId,
}) satisfies v.GenericSchema<RevocationTarget>;

const policyRule = v.strictObject({
  name: label,
  purposes: setOf(purpose, 0, 5),
  providerIds: setOf(id, 0, 16),
  hours: v.nullable(v.pipe(v.array(localHours), v.maxLength(32))),
  noLoosePet: v.boolean(),
  certificates: v.pipe(
    v.array(
      v.strictObject({
        kind: label,
        issuers: v.nullable(setOf(label, 0, 16)),
        selfStatedIsEnough: v.boolean(),
      }),
    ),
    v.maxLength(16),
  ),
  metInPerson: v.boolean(),
  distanceMaxM: v.nullable(whole(0, 1_000_000)),
  notes: v.nullable(v.strictObject({ id, text: v.pipe(v.string(), v.nonEmpty(), v.maxLength(2_000)) })),
  prolongMaxMs: v.nullable(whole(0, DAY_MS)),
  deny: v.boolean(),
}) satisfies v.GenericSchema<PolicyRule>;

export const policyShape = v.strictObject({
  rules: v.pipe(
    v.array(policyRule),
    v.maxLength(64),
    v.check((rules) => new Set(rules.map(({ name }) => name)).size === rules.length),
  ),
}) satisfies v.GenericSchema<Policy>;
