import { nearestName } from '../../hal/nearest-name.js';

/** The mend for a name that is not there. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  if (nearest !== undefined) return `did you mean "${nearest}"?`;
  return known.length === 0 ? 'add it under "given"' : `there is ${known.join(', ')}`;
}
