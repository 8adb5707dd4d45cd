/**
 * The old record if the new one says the same. For the rare paths that build a record before they know whether anything
 * is new: who remembers states by identity, a checker say, must not take them for different ones.
 */
export function keepIfEqual<Machine extends object>(before: Machine, after: Machine): Machine {
  for (const field in after) if (after[field] !== before[field]) return after;
  return before;
}
