/** Keyset cursors: the sort key of an item, unreadable so that nobody builds on it. */
export function encodeCursor(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}

/** The sort key in a cursor; anything may come out of what was never a cursor. */
export function decodeCursor(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString('utf8');
}
