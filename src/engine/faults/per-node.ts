/** What lasts at each node, in the order in which it began. */
export class PerNode<Trouble extends { readonly node: number }> {
  private readonly lists = new Map<number, Trouble[]>();

  of(node: number): readonly Trouble[] {
    return this.lists.get(node) ?? [];
  }

  add(trouble: Trouble): void {
    const list = this.lists.get(trouble.node);
    if (list === undefined) this.lists.set(trouble.node, [trouble]);
    else list.push(trouble);
  }

  /** False if it did not last. */
  remove(trouble: Trouble): boolean {
    const list = this.lists.get(trouble.node);
    const index = list === undefined ? -1 : list.indexOf(trouble);
    if (list === undefined || index < 0) return false;
    list.splice(index, 1);
    if (list.length === 0) this.lists.delete(trouble.node);
    return true;
  }

  clear(node: number): void {
    this.lists.delete(node);
  }

  /** Everything, by node. */
  all(): readonly Trouble[] {
    return [...this.lists.keys()].sort((one, other) => one - other).flatMap((node) => this.of(node));
  }
}
