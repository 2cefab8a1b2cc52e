/** Data has few shapes; of what has many, as a record by names, no more is remembered than this. */
const SHAPES_MAX = 64;

interface Shape {
  readonly keys: readonly string[];
  readonly ordered: readonly string[];
}

/** Sorts the keys of objects, and remembers the order: to compare the keys with those of a known shape is cheaper. */
export class KeyOrders {
  private readonly shapes: Shape[] = [];

  /** By UTF-16 code units, as `sort` compares. */
  inOrder(keys: readonly string[]): readonly string[] {
    const { shapes } = this;
    for (let index = 0; index < shapes.length; index++)
      if (areEqual(shapes[index].keys, keys)) return shapes[index].ordered;
    const ordered = [...keys].sort();
    if (shapes.length < SHAPES_MAX) shapes.push({ keys, ordered });
    return ordered;
  }
}

function areEqual(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
