import type { TestChip } from './test-chips.js';

/** What avr8js does to a program, and a real chip does not. */
export interface Defect {
  readonly name: string;
  readonly program: string;
  /** What is done to the chip. */
  readonly story: (chip: TestChip) => void;
  /** What the program sends on avr8js, and what on a real chip. */
  readonly sentByAvr8js: readonly number[];
  readonly sentByChip: readonly number[];
}

export function runShortly(chip: TestChip): void {
  chip.runMs(10);
}

export function feed(bytes: readonly number[]): (chip: TestChip) => void {
  return (chip) => {
    chip.feed(bytes);
    chip.runMs(10);
  };
}
