import * as v from 'valibot';
import type { Mode } from '../../hal/contracts/report.js';
import {
  accessKeyShape,
  codeShape,
  guestShape,
  policyShape,
  providerShape,
  revocationTargetShape,
} from '../access/shapes.js';
import type { Purpose } from '../access/authority.js';
import { ALARM_NAMES } from '../core/alarms.js';

/**
 * What clients send, from which the published description is made too. Where the lock itself has a shape for a thing,
 * that is the one: what passes here is not refused there for its form.
 */

/** Every name of a kind: the compiler sees to it. */
function namesOf<Name extends string>(names: Readonly<Record<Name, true>>): v.PicklistSchema<Name[], undefined> {
  return v.picklist(Object.keys(names) as Name[]);
}

export const modeSchema = namesOf<Mode>({ normal: true, privacy: true, vacation: true, passage: true, lockDown: true });

export const purposeSchema = namesOf<Purpose>({
  delivery: true,
  deliveryInside: true,
  service: true,
  maintenance: true,
  guest: true,
});

export const alarmSchema = v.picklist(ALARM_NAMES);

export const providerIdSchema = providerShape.entries.id;
export const personIdSchema = guestShape.entries.personId;
export const revocationKindSchema = revocationTargetShape.entries.kind;
/** Of whatever can be revoked, or a worker: `<providerId>/<sub>`. */
export const targetIdSchema = revocationTargetShape.entries.id;

/** Milliseconds since 1970, as far as calendars go. */
const utcMsSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8_640_000_000_000_000));

/** A compact JWS. Longer ones are no statement of anybody's. */
export const statementBody = v.strictObject({ statement: v.pipe(v.string(), v.nonEmpty(), v.maxLength(8_192)) });

export const keypadBody = v.strictObject({
  userNumber: codeShape.entries.userNumber,
  code: v.pipe(v.string(), v.regex(/^[0-9]{1,16}$/)),
});

export const modeBody = v.strictObject({ mode: modeSchema });
export const prolongBody = v.strictObject({ untilUtcMs: utcMsSchema });
export const petsBody = v.strictObject({ loose: v.boolean() });
export const accessKeyBody = v.pick(accessKeyShape, ['personId']);
export const guestBody = v.omit(guestShape, ['personId']);
export const providerBody = v.omit(providerShape, ['id']);
export const codeBody = v.pick(codeShape, ['holder', 'expiresUtcMs', 'usesLeft']);
export const policySchema = policyShape;
export const explainBody = v.strictObject({
  who: targetIdSchema,
  purpose: purposeSchema,
  /** `null`: now. */
  atUtcMs: v.nullable(utcMsSchema),
});

export const grantBody = v.strictObject({
  personId: personIdSchema,
  purpose: purposeSchema,
  fromUtcMs: utcMsSchema,
  untilUtcMs: utcMsSchema,
  entries: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
});
