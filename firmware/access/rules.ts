import { type Condition, CONDITIONS_AT_DOOR, CONDITIONS_OF_ENTRY } from './owner-rules.js';
import type { Rule, VisitorAct } from './question.js';
import { noSkew, purposeAllowed, signerKnown, unexpired } from './token-rules.js';
import { inWindow, modeAdmits, notOver, ownVisit, proved, standing, thisDoor, unrevoked } from './visit-rules.js';

/**
 * All the rules, in the order in which they are asked. Any one of them refuses, so the order never changes whether
 * somebody comes in, only which of several reasons is named: the visit's before the firm's before the owner's.
 */

interface AskedOf {
  readonly rules: readonly Rule[];
  /** Of each of the owner's own rules that is about the visit. */
  readonly conditions: readonly Condition[];
}

const AT_DOOR: readonly Rule[] = [
  ownVisit,
  proved,
  unrevoked,
  standing,
  thisDoor,
  inWindow,
  modeAdmits,
  signerKnown,
  purposeAllowed,
  noSkew,
  unexpired,
];

export const RULES: Readonly<Record<VisitorAct, AskedOf>> = {
  arrive: { rules: AT_DOOR, conditions: CONDITIONS_AT_DOOR },
  enter: { rules: AT_DOOR, conditions: [...CONDITIONS_AT_DOOR, ...CONDITIONS_OF_ENTRY] },
  other: { rules: [ownVisit, proved, notOver], conditions: [] },
};
