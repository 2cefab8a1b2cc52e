/** What something is sorted by, most significant part first. Nulls come before everything else. */
export type Key = readonly (string | number | null)[];

/** An order for `sort` by the key of each entry. */
export function compareBy<Entry>(keyOf: (entry: Entry) => Key): (one: Entry, other: Entry) => number {
  return (one, other) => compareLists(keyOf(one), keyOf(other));
}

/** Part by part. Strings compare by UTF-16 code unit, which no locale changes; parts in one place have one type. */
export function compareLists(one: Key, other: Key): number {
  for (let part = 0; part < Math.min(one.length, other.length); part += 1) {
    const order = compareParts(one[part], other[part]);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

function compareParts(one: Key[number], other: Key[number]): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  return one < other ? -1 : 1;
}
