import type { DamageFault } from '../firmware/journal/encoded-records.js';
import { PREDECESSORS_MISSING, type RecordStore } from '../firmware/journal/record-store.js';
import type { HalFault } from '../hal/contracts/hal-fault.js';
import { shellWord } from './shell-word.js';

/**
 * The records of this file; what ails them is told once, and again if it comes back. The lock itself only raises an
 * alarm.
 */
export function tellingTrouble(records: RecordStore, file: string, tell: (trouble: string) => void): RecordStore {
  let told: string | null = null;
  let isRefusing = false;
  const heed = (fault: HalFault | null): HalFault | null => {
    // What follows from an earlier fault says nothing new.
    if (fault === null || fault === PREDECESSORS_MISSING || fault.detail === told) return fault;
    told = fault.detail;
    tell(`the journal cannot be kept, and no visitor is let in: ${troubleText(fault, file)}`);
    return fault;
  };
  const answer = (fault: HalFault | null): HalFault | null => {
    isRefusing = fault !== null;
    return heed(fault);
  };
  return {
    append: (record) => answer(records.append(record)),
    replace: (snapshot) => answer(records.replace(snapshot)),
    dropBefore: (number) => records.dropBefore(number),
    load: () => records.load(),
    sync: (done) => {
      records.sync((fault) => {
        // What was refused is not among what is durable now.
        if (fault === null && !isRefusing) told = null;
        done(heed(fault));
      });
    },
  };
}

function troubleText(fault: HalFault | DamageFault, file: string): string {
  if (!('line' in fault)) return fault.detail;
  const { line, what } = fault;
  return `${file}:${line}: ${what}; latchkey journal verify ${shellWord(file)} says more`;
}
