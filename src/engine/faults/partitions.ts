import type { Partition } from './affliction';
import type { Cuts } from './cuts';
import type { Tell } from './tell';

/** The partitions that last. A pair of endpoints is whole again when the last that parts them ends. */
export class Partitions {
  private readonly lasting = new Set<Partition>();

  constructor(
    private readonly cuts: Cuts,
    private readonly tell: Tell,
  ) {}

  begin(partition: Partition): void {
    this.lasting.add(partition);
    if (this.cuts.cut(partition.cut)) this.tell({ kind: 'PARTITION', nodes: [], text: [partition.where] });
  }

  /** Does nothing after a `heal`. */
  end(partition: Partition): void {
    if (!this.lasting.delete(partition)) return;
    if (this.cuts.mend(partition.cut)) this.tell({ kind: 'HEAL', nodes: [], text: [partition.where] });
  }

  /** The end of all that have begun. */
  heal(): void {
    const healed = [...this.lasting].filter(({ cut }) => this.cuts.mend(cut));
    this.lasting.clear();
    if (healed.length === 1) this.tell({ kind: 'HEAL', nodes: [], text: [healed[0].where] });
    else if (healed.length > 1) this.tell({ kind: 'HEAL', nodes: [], text: ['everywhere'] });
  }
}
