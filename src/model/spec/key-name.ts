/** What users call a key: `key-0`, `key-1` …, by its index. */
export function keyName(key: number): string {
  return `key-${key}`;
}

/** The index of the key of that name, among so many; null if there is none. */
export function keyNamed(name: string, keys: number): number | null {
  const match = /^key-(0|[1-9]\d{0,9})$/.exec(name);
  const key = match === null ? NaN : Number(match[1]);
  return key < keys ? key : null;
}
