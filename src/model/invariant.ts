/** Thrown when the program itself is wrong; only a process boundary catches it. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** States what must be true whatever the input. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}
