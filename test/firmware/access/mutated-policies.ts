import { policySchema } from '../../../firmware/access/policy-file.js';
import { checkPolicy } from '../../../firmware/access/checks.js';
import { DocumentError, parseDocument } from '../../../hal/document.js';
import { Noise } from '../../hal/noise.js';

const POLICY = `dog walks:
  for: [service]
  providers: [paws]
  hours: [mon-fri 08:00-20:00, sat 10:00-12:00]
  met in person: true
  at most away: "200 m"
  certificates: [{ kind: petFirstAid, issuers: [Red Cross] }]
  notes: The key to the gate hangs on the left.
  prolong at most: "1 h"
parcels:
  for: [delivery]
  no loose pet: true
`;

/**
 * Reads policy files that are damaged by chance. Each is refused with a located message, or is a policy that the lock
 * would keep; anything else throws. Returns how many were refused.
 */
export function readMutatedPolicies(count: number, seed: number): number {
  const noise = new Noise(seed);
  const original = [...Buffer.from(POLICY)];
  let refused = 0;
  for (let index = 0; index < count; index += 1) {
    let bytes = original;
    for (let times = 1 + noise.below(3); times > 0; times -= 1) bytes = noise.mutated(bytes);
    const text = Buffer.from(bytes).toString('utf8');
    try {
      const policy = parseDocument({ text, file: 'rules.yaml', format: 'yaml' }, policySchema);
      if (checkPolicy(policy) !== null) throw new Error(`a file is read that no lock would keep:\n${text}`);
    } catch (error) {
      if (!(error instanceof DocumentError) || !error.message.includes('rules.yaml')) throw error;
      refused += 1;
    }
  }
  return refused;
}
