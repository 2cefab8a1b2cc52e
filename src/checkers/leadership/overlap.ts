import type { Operation } from '../../model/operation';

/** A node that believes that it leads a shard. */
export interface Leader {
  readonly node: number;
  readonly shard: number;
  readonly epoch: number;
  readonly sinceMs: number;
}

/** One of two leaders, and what it acknowledged while there were two. */
export interface Side extends Leader {
  readonly firstWrite: Operation | null;
  readonly writes: number;
}

/** A stretch of time in which two nodes believe that they lead one shard. */
export class Overlap {
  private firstWrites: (Operation | null)[] = [null, null];
  private writes = [0, 0];

  constructor(
    private readonly leaders: readonly [Leader, Leader],
    readonly fromMs: number,
  ) {}

  concerns({ node, shard }: Pick<Leader, 'node' | 'shard'>): boolean {
    return this.leaders.some((leader) => leader.node === node && leader.shard === shard);
  }

  /** One of the two acknowledged a write, which is in plain data. */
  acknowledged(write: Operation): void {
    const side = this.leaders[0].node === write.node ? 0 : 1;
    this.firstWrites[side] ??= write;
    this.writes[side] += 1;
  }

  /** The side of the older epoch, or the one that led first, loses. */
  sides(): { readonly loser: Side; readonly winner: Side } {
    const [one, other] = [this.side(0), this.side(1)];
    const isOneOlder = one.epoch === other.epoch ? one.sinceMs <= other.sinceMs : one.epoch < other.epoch;
    return isOneOlder ? { loser: one, winner: other } : { loser: other, winner: one };
  }

  private side(index: 0 | 1): Side {
    return { ...this.leaders[index], firstWrite: this.firstWrites[index], writes: this.writes[index] };
  }
}
