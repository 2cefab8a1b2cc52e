import { invariant } from '../../model/invariant';

/**
 * Canonical JSON (RFC 8785) of plain data: equal data give equal text, whatever the order in which it was put
 * together. Numbers and strings are written as the language does, which is what the RFC asks for; what is left is
 * the order of the keys, of which none is a list's index. So it costs a third of a serializer that writes each value itself.
 *
 * @throws InvariantError for a number that JSON has not.
 */
export function canonicalText(value: object): string {
  return JSON.stringify(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (typeof value === 'number') refuseUnlessFinite(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? itemsInOrder(value) : keysInOrder(value);
}

/** By UTF-16 code units, as `sort` compares. */
function keysInOrder(value: object): object {
  const entries = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(entries).sort()) ordered[key] = inOrder(entries[key]);
  return ordered;
}

/** A list without objects, such as a histogram's buckets, is in order as it is and is not copied. */
function itemsInOrder(items: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | null = null;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (typeof item === 'number') {
      refuseUnlessFinite(item);
      continue;
    }
    const ordered = inOrder(item);
    if (ordered === item) continue;
    copy ??= [...items];
    copy[index] = ordered;
  }
  return copy ?? items;
}

function refuseUnlessFinite(value: number): void {
  invariant(Number.isFinite(value), 'canonical JSON has finite numbers only');
}
