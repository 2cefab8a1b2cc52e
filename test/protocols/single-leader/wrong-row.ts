/** `path CODE`, and a part of the message. */
export type ExpectedProblem = readonly [string, string];

/** What is wrong, the settings, and the problems in their order. */
export type WrongRow = readonly [string, object, readonly ExpectedProblem[]];

/** The row of one setting, whose places are given as they are within it. */
export function wrongInside(
  name: string,
  what: string,
  value: object,
  expected: readonly ExpectedProblem[],
): WrongRow[] {
  const placed = expected.map(([place, message]): ExpectedProblem => {
    return [place.startsWith(' ') ? `${name}${place}` : `${name}.${place}`, message];
  });
  return [[`${what} (${name})`, { [name]: value }, placed]];
}
