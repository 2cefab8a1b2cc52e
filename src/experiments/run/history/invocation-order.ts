/** For each operation under way, by its place, where its invocation stands among the run's events. */
export class InvocationOrder {
  private order = new Float64Array(64);

  set(place: number, invokedAs: number): void {
    if (place >= this.order.length) this.grow(place);
    this.order[place] = invokedAs;
  }

  get(place: number): number {
    return this.order[place];
  }

  /** Places are taken from the lowest on: few operations under way need few. */
  private grow(place: number): void {
    const { order } = this;
    this.order = new Float64Array(Math.max(2 * order.length, place + 1));
    this.order.set(order);
  }
}
