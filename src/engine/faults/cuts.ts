import type { Crossing } from '../../model/spec/endpoint-map';
import type { Afflictable } from './afflictable';

/** The ordered pairs of endpoints between which nothing gets through: each as long as anything cuts it. */
export class Cuts {
  /** How many cut each pair, by row of the sender; made with the first cut, for most runs have none. */
  private counts = new Uint16Array(0);

  constructor(
    private readonly world: Pick<Afflictable, 'cut' | 'mend'>,
    private readonly endpoints: number,
  ) {}

  /** True if any pair was whole before. */
  cut(crossings: readonly Crossing[]): boolean {
    if (this.counts.length === 0) this.counts = new Uint16Array(this.endpoints * this.endpoints);
    return this.each(crossings, (from, to) => {
      if (this.counts[from * this.endpoints + to]++ > 0) return false;
      this.world.cut({ from, to });
      return true;
    });
  }

  /** The end of an earlier cut of the same; true if any pair is whole again. */
  mend(crossings: readonly Crossing[]): boolean {
    return this.each(crossings, (from, to) => {
      if (--this.counts[from * this.endpoints + to] > 0) return false;
      this.world.mend({ from, to });
      return true;
    });
  }

  /** Whether the change of any pair was one. Nobody is cut off from himself. */
  private each(crossings: readonly Crossing[], change: (from: number, to: number) => boolean): boolean {
    let changed = false;
    for (const crossing of crossings)
      for (const from of crossing.from)
        for (const to of crossing.to) if (from !== to && change(from, to)) changed = true;
    return changed;
  }
}
