import * as v from 'valibot';
import { alarmSchema, modeSchema, purposeSchema } from './schemas.js';

/** What the lock answers, from which the published description is made, and by which clients read it. */

const utcMs = v.number();
const maybeUtcMs = v.nullable(v.number());

export const challengeAnswer = v.object({ challenge: v.string() });
export const visitIdAnswer = v.object({ visitId: v.nullable(v.string()) });

/** When the visit ends now: later than was asked for, where that would have been shorter. */
export const prolongedAnswer = v.object({ untilUtcMs: v.number() });

export const problemAnswer = v.object({
  title: v.string(),
  status: v.number(),
  detail: v.string(),
  reason: v.optional(v.string()),
});

/** To the household only that somebody is here, and for what; to the owner who. */
export const statusAnswer = v.object({
  position: v.picklist(['locked', 'unlocked', 'notFullyLocked', 'unknown']),
  assumed: v.nullable(v.picklist(['locked', 'unlocked'])),
  activity: v.picklist(['idle', 'locking', 'unlocking']),
  lastResult: v.string(),
  door: v.picklist(['open', 'closed', 'unknown']),
  mode: modeSchema,
  alarms: v.array(alarmSchema),
  petLoose: v.boolean(),
  utcMs: maybeUtcMs,
  visit: v.nullable(v.object({ purpose: purposeSchema, visitId: v.optional(v.string()) })),
});

const certificateAnswer = v.object({
  kind: v.string(),
  issuer: v.string(),
  expiresUtcMs: utcMs,
  selfStated: v.boolean(),
});

/** What its own worker sees of a visit too. */
const visitEntries = {
  visitId: v.string(),
  doorId: v.string(),
  purpose: purposeSchema,
  fromUtcMs: utcMs,
  untilUtcMs: utcMs,
  entries: v.number(),
  entriesSpent: v.number(),
  arrived: v.boolean(),
  revoked: v.boolean(),
  /** Why it ends otherwise than by its plan, or `null`. */
  cause: v.nullable(v.string()),
  /** How it ended, or `null`. */
  outcome: v.nullable(v.string()),
};

export const visitAnswer = v.object({
  ...visitEntries,
  personId: v.string(),
  /** By a firm's token, or `null`: by the owner's own hand. */
  worker: v.nullable(
    v.object({
      name: v.string(),
      photo: v.nullable(v.string()),
      providerId: v.string(),
      firm: v.nullable(v.string()),
      deviceId: v.string(),
      certificates: v.array(certificateAnswer),
    }),
  ),
});

export const visitsAnswer = v.object({ visits: v.array(visitAnswer) });

export const ownVisitAnswer = v.object({
  ...visitEntries,
  /** To be acknowledged, by this id, before the unlock. */
  notes: v.nullable(v.object({ id: v.string(), text: v.string() })),
});

export const providersAnswer = v.object({
  providers: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      keyIds: v.array(v.string()),
      purposes: v.array(purposeSchema),
      tokenLifeMaxMs: v.number(),
    }),
  ),
});

const hoursAnswer = v.object({ days: v.array(v.string()), fromMinute: v.number(), untilMinute: v.number() });

export const guestsAnswer = v.object({
  guests: v.array(
    v.object({
      personId: v.string(),
      schedule: v.variant('kind', [
        v.object({ kind: v.literal('once'), fromUtcMs: utcMs, untilUtcMs: utcMs }),
        v.object({ kind: v.literal('weekly'), hours: hoursAnswer }),
        v.object({ kind: v.literal('always') }),
      ]),
      expiresUtcMs: maybeUtcMs,
    }),
  ),
});

/** Never with anything from which a code could be guessed. */
export const codesAnswer = v.object({
  codes: v.array(
    v.object({
      userNumber: v.number(),
      holder: v.object({
        kind: v.picklist(['resident', 'guest', 'visit']),
        personId: v.optional(v.string()),
        visitId: v.optional(v.string()),
      }),
      expiresUtcMs: maybeUtcMs,
      usesLeft: v.nullable(v.number()),
    }),
  ),
});

/** Shown this once: the lock keeps only the code's hash. */
export const issuedCodeAnswer = v.object({ userNumber: v.number(), code: v.string() });

export const accessKeysAnswer = v.object({
  accessKeys: v.array(v.object({ id: v.string(), personId: v.string() })),
});

/** Shown this once: the lock keeps only the key's hash. */
export const issuedAccessKeyAnswer = v.object({ id: v.string(), accessKey: v.string() });

export const metAnswer = v.object({ workerIds: v.array(v.string()) });
export const revokedAnswer = v.object({ revoked: v.boolean() });
export const calendarAnswer = v.object({ utcMs: maybeUtcMs, latestRecordUtcMs: maybeUtcMs, timeZone: v.string() });

/** Every rule's verdict, in words. */
export const explanationAnswer = v.object({
  verdicts: v.array(
    v.object({
      rule: v.string(),
      verdict: v.picklist(['allows', 'refuses', 'depends']),
      refusal: v.nullable(v.string()),
      words: v.string(),
    }),
  ),
});

/** Each names the rules that it is about. */
export const warningsAnswer = v.object({
  warnings: v.array(v.object({ rules: v.array(v.string()), words: v.string() })),
});
