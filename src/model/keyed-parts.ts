import { compareLists, type Key } from './canonical-order';

/** Parts of a measurement that grow, each under its label. */
export class KeyedParts<Label, Part> {
  private readonly parts = new Map<
    string,
    { readonly key: Key; readonly label: Label; readonly part: Part }
  >();

  /** @param keyOf what tells labels apart, and orders them */
  constructor(
    private readonly keyOf: (label: Label) => Key,
    private readonly create: (label: Label) => Part,
  ) {}

  /** The part of that label, new if it is met for the first time. */
  of(label: Label): Part {
    const key = this.keyOf(label);
    const name = JSON.stringify(key);
    const known = this.parts.get(name);
    if (known !== undefined) return known.part;
    const part = this.create(label);
    this.parts.set(name, { key, label, part });
    return part;
  }

  /** Every part in the order of the keys. */
  inOrder<Shown>(show: (label: Label, part: Part) => Shown): readonly Shown[] {
    return [...this.parts.values()]
      .sort((one, other) => compareLists(one.key, other.key))
      .map(({ label, part }) => show(label, part));
  }
}
