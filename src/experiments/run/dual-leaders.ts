import { IdSet } from '../../checkers/memory/id-set';
import type { DualLeaders } from '../../model/failover-measurements';
import { DOWN_FAULTS } from '../../model/fault-effects';
import { Histogram } from '../../model/histogram';
import type {
  FaultEvent,
  LeadershipEvent,
  ObservedOperation,
  RunOutline,
  WriteId,
} from '../../model/observer';
import { isMeasured } from '../../model/operation';

interface Leader {
  readonly epoch: number;
  readonly sinceMs: number;
}

/** Who believes that it leads a shard, by node. */
interface ShardLeaders {
  readonly leaders: Map<number, Leader>;
  /** Since when they are several; null if they are not. */
  dualSinceMs: number | null;
}

/**
 * The time in which two nodes or more believe that they lead one shard, whether or not they acknowledge anything; what those
 * acknowledge meanwhile of which there is a newer one; and how much of that is lost.
 *
 * Memory: a bit for each operation, from the first such write on.
 */
export class DualLeadersMeter {
  private readonly shards = new Map<number, ShardLeaders>();
  /** How many of them have several leaders now. */
  private dualShards = 0;
  private readonly durations = new Histogram();
  private readonly olderSide = new IdSet();
  private olderSideLost = 0;

  constructor(private readonly outline: RunOutline) {}

  leadership({ kind, node, shard, epoch, atMs }: LeadershipEvent): void {
    const led = this.of(shard);
    const before = led.leaders.get(node);
    if (kind === 'ENDED') led.leaders.delete(node);
    else if (before?.epoch !== epoch) led.leaders.set(node, { epoch, sinceMs: atMs });
    this.look(led, atMs);
  }

  fault({ kind, nodes, atMs }: FaultEvent): void {
    if (!DOWN_FAULTS.includes(kind)) return;
    for (const led of this.shards.values()) {
      for (const node of nodes) led.leaders.delete(node);
      this.look(led, atMs);
    }
  }

  operationEnded(operation: ObservedOperation): void {
    if (this.dualShards === 0 || operation.kind !== 'WRITE' || operation.outcome !== 'OK') return;
    const { id, node, key } = operation;
    if (node === null || !isMeasured(operation, this.outline)) return;
    const led = this.of(this.outline.shardOf?.(key) ?? 0);
    if (led.dualSinceMs !== null && isOutdated(node, led)) this.olderSide.add(id);
  }

  lost({ operation }: WriteId): void {
    if (this.olderSide.has(operation)) this.olderSideLost += 1;
  }

  settled(atMs: number): void {
    for (const led of this.shards.values()) {
      led.leaders.clear();
      this.look(led, atMs);
    }
  }

  /** Once the run has settled, and all losses are told. */
  measured(): DualLeaders {
    const { olderSide, olderSideLost } = this;
    return { durations: this.durations.encode(), olderSideWrites: olderSide.size, olderSideLost };
  }

  private of(shard: number): ShardLeaders {
    const known = this.shards.get(shard);
    if (known !== undefined) return known;
    const led = { leaders: new Map<number, Leader>(), dualSinceMs: null };
    this.shards.set(shard, led);
    return led;
  }

  /** Two that lead for no time, as when one hands over to the other, are none. */
  private look(led: ShardLeaders, atMs: number): void {
    const isDual = led.leaders.size > 1;
    const sinceMs = led.dualSinceMs;
    if (isDual === (sinceMs !== null)) return;
    led.dualSinceMs = isDual ? atMs : null;
    this.dualShards += isDual ? 1 : -1;
    if (sinceMs !== null && atMs > sinceMs) this.durations.record(atMs - sinceMs);
  }
}

/** There is a leader of a newer epoch, or of the same one that began later. */
function isOutdated(node: number, { leaders }: ShardLeaders): boolean {
  const own = leaders.get(node);
  if (own === undefined) return false;
  for (const [other, { epoch, sinceMs }] of leaders)
    if (other !== node && (epoch > own.epoch || (epoch === own.epoch && sinceMs > own.sinceMs))) return true;
  return false;
}
