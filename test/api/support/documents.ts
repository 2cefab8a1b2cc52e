/** Documents that no honest client sends. */

/** `{ a { a { a … } } }` with so many levels. */
export function nested(levels: number): string {
  return `${'{ node '.repeat(levels)}${'}'.repeat(levels)}`;
}

/** The schema described within its own description, so many times over. */
export function introspections(levels: number): string {
  return `{ __schema { types { ${'fields { type { '.repeat(levels)} name ${'} } '.repeat(levels)} } } }`;
}

export function repeatedFields(count: number): string {
  return `{ ${'__typename '.repeat(count)} }`;
}

export function aliases(count: number, field = '__typename'): string {
  return `{ ${Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ')} }`;
}

export function directives(count: number): string {
  return `{ ${'__typename @skip(if: false) '.repeat(count)} }`;
}

/** Each fragment spreads the next one twice: so many make 2^count fields. */
export function doublingFragments(count: number): string {
  const fragments = Array.from(
    { length: count },
    (_, index) =>
      `fragment F${index} on Query { ${index === count - 1 ? '__typename' : `...F${index + 1} ...F${index + 1}`} }`,
  );
  return `{ ...F0 }\n${fragments.join('\n')}`;
}

const SUBMIT =
  'submitExperiment(input: { name: "x", workload: { durationMs: 1, clients: [] } }) { replayed }';

export function submissions(count: number): string {
  return `mutation ${aliases(count, SUBMIT)}`;
}

export function unknownFields(count: number): string {
  return `{ ${Array.from({ length: count }, (_, index) => `u${index}`).join(' ')} }`;
}
