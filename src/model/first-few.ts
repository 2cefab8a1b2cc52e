import { compareBy, compareLists, type Key } from './canonical-order';

/**
 * The first entries of a canonical order, however many are shown and in whatever order.
 *
 * Entries of equal key stay in the order in which they were shown; once it is full, one that comes too late costs a
 * comparison.
 */
export class FirstFew<Entry> {
  private kept: Entry[] = [];
  private lastKey: Key | null = null;

  constructor(
    private readonly limit: number,
    private readonly keyOf: (entry: Entry) => Key,
  ) {}

  add(entries: readonly Entry[]): void {
    const wanted = entries.filter((entry) => this.wants(entry));
    if (wanted.length === 0) return;
    this.kept = [...this.kept, ...wanted].sort(compareBy(this.keyOf)).slice(0, this.limit);
    this.lastKey = this.kept.length < this.limit ? null : this.keyOf(this.kept[this.limit - 1]);
  }

  /** In their order. */
  all(): readonly Entry[] {
    return this.kept;
  }

  private wants(entry: Entry): boolean {
    return this.lastKey === null || compareLists(this.keyOf(entry), this.lastKey) < 0;
  }
}
