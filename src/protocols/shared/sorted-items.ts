/** A set of numbers, rising, that is read about as often as it changes: a reader gets the list itself. */
export class SortedItems {
  private items: number[] = [];
  /** Somebody has the list: it must not change any more. */
  private isLent = false;

  get size(): number {
    return this.items.length;
  }

  /** Rising; it stays as it is. */
  all(): readonly number[] {
    this.isLent = true;
    return this.items;
  }

  add(item: number): void {
    const place = this.placeOf(item);
    if (this.items[place] !== item) this.own().splice(place, 0, item);
  }

  delete(item: number): void {
    const place = this.placeOf(item);
    if (this.items[place] === item) this.own().splice(place, 1);
  }

  private own(): number[] {
    if (this.isLent) this.items = [...this.items];
    this.isLent = false;
    return this.items;
  }

  /** Of the item, or of the first that is larger: by bisection. */
  private placeOf(item: number): number {
    let low = 0;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.items[middle] < item) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
