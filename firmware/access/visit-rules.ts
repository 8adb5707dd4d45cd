import type { RefusalReason } from '../journal/records.js';
import type { Grant } from '../requests.js';
import type { AccessView } from './access-view.js';
import type { Proof } from './authority.js';
import { momentText } from './local-time.js';
import type { AccessFacts, Rule } from './question.js';
import { revokedSupport } from './revocation.js';

/** The rules about the visit itself: whose it is, whether it still stands, and when. */

/** How many things can be revoked. At 60 bytes each they take 600 kB of the snapshot. Chosen. */
export const REVOCATIONS_MAX = 10_000;

export const ownVisit: Rule = {
  name: 'own visit',
  judges: 'records',
  refusal: ({ grant }, { personId }) => (grant.personId === personId ? null : 'notYourVisit'),
  asks: 'the visit is that of the one who asks',
  finds: ({ grant }, { personId }) => `it is that of ${grant.personId}; ${personId} asks`,
};

/**
 * Comes before all that is about the visit: who has not proved to be the visitor learns nothing about it. A code stands
 * for its visit, or for the guest who has it.
 */
export const proved: Rule = {
  name: 'proof',
  judges: 'request',
  refusal: ({ grant }, { proof }, { access }) => {
    switch (proof.kind) {
      case 'word':
        return grant.issuance === null ? null : 'notProved';
      case 'device':
        if (grant.issuance === null || grant.issuance.deviceId === proof.deviceId) return null;
        return 'wrongDevice';
      case 'code': {
        const holder = access.codes.get(proof.userNumber)?.holder;
        if (holder === undefined) return 'notProved';
        if (holder.kind === 'visit') return holder.visitId === grant.id ? null : 'notProved';
        const guests = holder.kind === 'guest' && grant.purpose === 'guest' && grant.issuance === null;
        return guests && holder.personId === grant.personId ? null : 'notProved';
      }
    }
  },
  asks: "proof: a signature of the token's device, or a code for the visit; for the owner's own grant a word is enough",
  finds: ({ grant }, { proof }) => {
    const bound = grant.issuance === null ? 'no device' : `the device ${grant.issuance.deviceId}`;
    return `the grant names ${bound}; proved by ${PROOF_WORDS[proof.kind]}`;
  },
};

const PROOF_WORDS: Readonly<Record<Proof['kind'], string>> = {
  word: 'their word',
  device: "a device's signature",
  code: 'a code',
};

/** Only for acts that move no bolt: a visit that was stopped still has somebody to leave. */
export const notOver: Rule = {
  name: 'not over',
  judges: 'records',
  refusal: ({ outcome }) => (outcome === null ? null : 'visitEnded'),
  asks: 'the visit is not over',
  finds: ({ outcome }) => (outcome === null ? 'it is not' : `it ended: ${outcome}`),
};

export const unrevoked: Rule = {
  name: 'revocations',
  judges: 'records',
  refusal: (entry, _question, { access }) => (entry.revoked ? 'revoked' : revocationRefusal(entry.grant, access)),
  asks: 'nothing that the visit hangs on is revoked',
  finds: (entry, _question, { access }) => {
    if (entry.revoked) return 'the visit is';
    const support = revokedSupport(entry.grant, access);
    if (support !== null) return `the ${support.kind} ${support.id} is`;
    return access.revocationCount < REVOCATIONS_MAX
      ? 'nothing is'
      : 'the table of revocations is full, so nobody can be told from one who should be in it';
  },
};

export const standing: Rule = {
  name: 'visit stands',
  judges: 'records',
  refusal: ({ outcome, cause }) => (outcome === null && cause === null ? null : 'visitEnded'),
  asks: 'nobody has ended the visit',
  finds: ({ outcome, cause }) => {
    const end = outcome ?? cause;
    return end === null ? 'nobody has' : `it ended, or is ending: ${end}`;
  },
};

export const thisDoor: Rule = {
  name: 'door',
  judges: 'records',
  refusal: ({ grant }, _question, { settings }) => (grant.doorId === settings.doorId ? null : 'wrongDoor'),
  asks: 'the grant is for this door',
  finds: ({ grant }, _question, { settings }) => `it is for ${grant.doorId}; this is ${settings.doorId}`,
};

export const inWindow: Rule = {
  name: 'window',
  judges: 'visit',
  refusal: ({ grant, untilUtcMs }, _question, { utcMs }) => {
    if (utcMs === null) return 'clockUnset';
    if (!(utcMs >= grant.fromUtcMs)) return 'tooEarly';
    return utcMs < untilUtcMs ? null : 'windowPassed';
  },
  asks: "now is within the visit's window",
  finds: ({ grant, untilUtcMs }, _question, facts) => {
    const prolonged = untilUtcMs > grant.untilUtcMs ? ', as prolonged' : '';
    const window = `${moment(facts, grant.fromUtcMs)} until ${moment(facts, untilUtcMs)}${prolonged}`;
    return `the window is ${window}; now is ${nowText(facts)}`;
  },
};

export const modeAdmits: Rule = {
  name: 'mode',
  judges: 'records',
  refusal: ({ grant }, _question, { mode, settings }) => {
    switch (mode) {
      case 'normal':
        return null;
      case 'vacation':
        return settings.vacationPurposes.includes(grant.purpose) ? null : 'mode';
      case 'privacy':
      case 'passage':
      case 'lockDown':
        return 'mode';
    }
  },
  asks: 'the mode admits visits for this purpose',
  finds: ({ grant }, _question, { mode }) => `the mode is ${mode}, the purpose ${grant.purpose}`,
};

/** Why a grant is worth nothing any more, or ever. */
export function revocationRefusal(grant: Grant, access: AccessView): RefusalReason | null {
  if (revokedSupport(grant, access) !== null) return 'revoked';
  // What there was no room to take back may be what is asked for: then nobody comes in (fail closed).
  return access.revocationCount < REVOCATIONS_MAX ? null : 'tooMany';
}

/** A moment as the door's clock shows it. */
export function moment({ settings }: AccessFacts, utcMs: number): string {
  return momentText(settings.timeZone, utcMs);
}

export function nowText(facts: AccessFacts): string {
  return facts.utcMs === null ? 'unknown: the calendar is unset' : moment(facts, facts.utcMs);
}
