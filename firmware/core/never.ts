/** A deadline that is not set. All absolute times end in `AtMs`; this one stays the same when time is shifted. */
export const NEVER = Infinity;
