import { expect } from 'chai';
import type { HalFault, HalPart } from '../../../hal/contracts/hal-fault.js';
import type { Bench, Bridge } from './bench.js';

/** The bounds that the contracts state (`Hal`, `Link`, `BoltMotor`). */
export const SOON_MS = 100;
export const INPUT_REPORT_MS = 50;
export const LINK_REPORT_MS = 600;
export const DEAD_MAN_MS = 600;

/** An input that changes for this long has bounced, no more. */
export const BOUNCE_MS = 3;

/** A fault as all contracts word it: the part, and one clause for a person. */
export function expectFault(fault: HalFault | null, part: HalPart): void {
  expect(fault, 'the answer').to.not.equal(null);
  expect(fault?.part).to.equal(part);
  expect(fault?.detail).to.match(/^\S.{8,}[^.]$/);
}

/** Cuts the link, and waits until that is known. */
export async function loseBoardLink(bench: Bench): Promise<void> {
  bench.setBoardLink(false);
  await bench.advance(LINK_REPORT_MS);
}

/** Mends the link, and waits until that is known and everything behind it was reported. */
export async function regainBoardLink(bench: Bench): Promise<void> {
  bench.setBoardLink(true);
  await bench.advance(LINK_REPORT_MS + SOON_MS);
}

export function bridge(bench: Bench): Bridge | undefined {
  return bench.bridgeStates().at(-1);
}
