/** Longer names are not compared: the cost grows with the square of the length, and nobody mistypes that much. */
const comparedLengthMax = 64;

/**
 * The known name that was most likely meant, or `undefined` when none is near. Near means that at most a quarter of the
 * name is wrong, rounded up (chosen). Capitals count as right.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > comparedLengthMax) return undefined;
  let nearest: string | undefined;
  let nearestDistance = Math.ceil(name.length / 4) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < nearestDistance && distance < candidate.length) {
      nearest = candidate;
      nearestDistance = distance;
    }
  }
  return nearest;
}

/** Levenshtein's distance: how many letters to add, drop or change. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    let diagonal = row - 1;
    let left = row;
    const current = [left];
    for (let column = 1; column <= to.length; column += 1) {
      const above = previous[column] ?? 0;
      const change = diagonal + (from[row - 1] === to[column - 1] ? 0 : 1);
      left = Math.min(change, above + 1, left + 1);
      current.push(left);
      diagonal = above;
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
