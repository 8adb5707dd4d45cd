import { FAULT_KINDS } from '../world.js';
import type { FaultComponent } from '../world.js';
import { inWords } from './words.js';

/** One way in which one component fails. */
export interface Fault {
  readonly component: FaultComponent;
  readonly kind: string;
}

const faults: ReadonlyMap<string, Fault> = new Map(
  (Object.entries(FAULT_KINDS) as [FaultComponent, readonly string[]][]).flatMap(([component, kinds]) =>
    kinds.map((kind): [string, Fault] => [`${inWords(component)} ${inWords(kind)}`, { component, kind }]),
  ),
);

/** Every fault in the words of a story: `camera frozen`, `door contact stuck closed`. */
export const faultPhrases: readonly string[] = [...faults.keys()];

export function parseFault(words: string): Fault | undefined {
  return faults.get(words);
}
