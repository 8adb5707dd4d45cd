import { integer, literal, maxValue, minValue, number, optional, picklist, pipe, strictObject, variant } from 'valibot';
import type { InferOutput } from 'valibot';
import type { Proof } from '../access/authority.js';
import type { Request } from '../requests.js';
import { challengeText, noteNames, plainText, visitName, wholeMetres } from './claims.js';
import { type Statement, StatementReader } from './statement.js';

const common = { challenge: challengeText, visit: visitName, door: plainText };

const claims = variant('act', [
  strictObject({ ...common, act: picklist(['arrive', 'ring', 'claim', 'lock', 'view']) }),
  strictObject({
    ...common,
    act: literal('enter'),
    entry: pipe(number(), integer(), minValue(1), maxValue(16)),
    distance: optional(wholeMetres),
    notes: optional(noteNames),
  }),
  strictObject({
    ...common,
    act: literal('withdraw'),
    reason: picklist(['barkingHeard', 'looseAnimal', 'entryBlocked', 'nobodyToMeet', 'other']),
  }),
  strictObject({ ...common, act: literal('depart'), distance: optional(wholeMetres) }),
]);

/** What a worker's device signs for each act, over a fresh challenge: there are no sessions. */
export type ProofClaims = InferOutput<typeof claims>;
export type DeviceProof = Statement<ProofClaims>;

const PROOF = new StatementReader('latchkey-proof+jwt', claims);

/** `null` where the text is no proof. Its signature is not verified yet: that takes the visit's device. */
export function readDeviceProof(text: string): DeviceProof | null {
  return PROOF.read(text);
}

/** What the visitor asks of the lock; `null` where they only want to see their visit. */
export function requestOf(act: ProofClaims, personId: string, proof: Proof): Request | null {
  const { visit: visitId } = act;
  switch (act.act) {
    case 'arrive':
    case 'ring':
      return { kind: act.act, personId, visitId, proof };
    case 'enter': {
      const { entry, distance: distanceM, notes: notesId } = act;
      return {
        kind: 'enter',
        personId,
        visitId,
        proof,
        entry,
        ...(distanceM === undefined ? {} : { distanceM }),
        ...(notesId === undefined ? {} : { notesId }),
      };
    }
    case 'withdraw':
      return { kind: 'withdraw', personId, visitId, proof, reason: act.reason };
    case 'depart': {
      const { distance: distanceM } = act;
      return { kind: 'depart', personId, visitId, proof, ...(distanceM === undefined ? {} : { distanceM }) };
    }
    case 'claim':
      return { kind: 'claimDelivered', personId, visitId, proof };
    case 'lock':
      return { kind: 'lock', personId };
    case 'view':
      return null;
  }
}
