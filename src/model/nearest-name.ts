/** Beyond these a guess costs more than it helps: a request may be wrong in a thousand places. */
const KNOWN_MAX = 100;
const CHARACTERS_MAX = 40;

/**
 * The known name that was probably meant: at most a third of its letters away, the first of the nearest. Null if
 * there is none, or if there are too many names or too long ones to compare.
 */
function nearestName(given: string, known: readonly string[]): string | null {
  if (given.length > CHARACTERS_MAX || known.length > KNOWN_MAX) return null;
  const limit = Math.max(1, Math.floor(given.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const name of known) {
    if (name.length > CHARACTERS_MAX || Math.abs(name.length - given.length) >= bestDistance) continue;
    const distance = editDistance(given.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

/** ` Did you mean "…"?` or nothing, to end a message with. */
export function suggestion(given: string, known: readonly string[]): string {
  const nearest = nearestName(given, known);
  return nearest === null ? '' : ` Did you mean "${nearest}"?`;
}

/** `"a", "b" and 3 more`, to say what is known without printing thousands. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => `"${name}"`);
  const rest = names.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

const NAMES_SHOWN = 8;

/** Levenshtein's distance, row by row. */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const replaced = previous[column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column] + 1, current[column - 1] + 1));
    }
    previous = current;
  }
  return previous[other.length];
}
