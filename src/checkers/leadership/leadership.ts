import type { AnomalyTally } from '../../model/anomaly';
import { DOWN_FAULTS } from '../../model/fault-effects';
import type { Failover, FaultEvent, LeadershipEvent } from '../../model/observer';
import type { Operation } from '../../model/operation';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import type { EndedBatch, OperationMemory } from '../memory/operation-memory';
import { isOk, isWrite } from '../memory/operation-codes';
import { OPERATION_ROW_WIDTH } from '../memory/operation-rows';
import { Tally } from '../tally';
import { Overlap, type Leader } from './overlap';
import { explainFalseFailover, explainSplitBrain } from './wording';

/**
 * SPLIT_BRAIN: a stretch of time in which two nodes believe that they lead the same shard, and each acknowledges at
 * least one write of it.
 * FALSE_FAILOVER: a failover although the leader was alive and not cut off from the majority.
 */
export class LeadershipChecker implements Checker {
  private readonly splits: Tally;
  private readonly failovers: Tally;
  /** By shard, then by node. */
  private readonly leaders = new Map<number, Map<number, Leader>>();
  private overlaps: Overlap[] = [];

  constructor(
    private readonly outline: CheckedRun,
    private readonly memory: OperationMemory,
  ) {
    this.splits = new Tally('SPLIT_BRAIN', outline);
    this.failovers = new Tally('FALSE_FAILOVER', outline);
    memory.whenEnded((batch) => {
      if (this.overlaps.length > 0) this.onEnded(batch);
    });
  }

  leadership({ kind, node, shard, epoch, atMs }: LeadershipEvent): void {
    this.memory.flush();
    const before = this.leaders.get(shard)?.get(node);
    if (kind === 'BEGAN' && before?.epoch === epoch) return;
    this.end({ node, shard }, atMs);
    if (kind === 'BEGAN') this.begin({ node, shard, epoch, sinceMs: atMs });
  }

  fault({ kind, nodes, atMs }: FaultEvent): void {
    if (!DOWN_FAULTS.includes(kind)) return;
    this.memory.flush();
    for (const shard of this.leaders.keys()) for (const node of nodes) this.end({ node, shard }, atMs);
  }

  failedOver(failover: Failover): void {
    this.failovers.judged();
    const { condition, reachedNodes, atMs } = failover;
    if (condition !== 'RUNNING' || 2 * reachedNodes <= this.outline.nodes.length) return;
    if (!this.failovers.showed({ atMs, operation: null })) return;
    const explanation = explainFalseFailover(this.outline, failover);
    this.failovers.witness({ atMs, explanation, operations: [] });
  }

  settled(atMs: number): void {
    for (const overlap of this.overlaps) this.judge(overlap, atMs);
  }

  tallies(): readonly AnomalyTally[] {
    return [this.splits.tally(), this.failovers.tally()];
  }

  private onEnded({ count, rows, codes }: EndedBatch): void {
    for (let index = 0; index < count; index += 1)
      if (isWrite(codes[index]) && isOk(codes[index]))
        this.onAcknowledged(this.memory.operationAt(rows, OPERATION_ROW_WIDTH * index));
  }

  private onAcknowledged(write: Operation): void {
    const { node, key } = write;
    if (node === null) return;
    const shard = this.outline.shardOf?.(key) ?? 0;
    for (const overlap of this.overlaps) if (overlap.concerns({ node, shard })) overlap.acknowledged(write);
  }

  private begin(leader: Leader): void {
    const leaders = this.leaders.get(leader.shard) ?? new Map<number, Leader>();
    for (const other of leaders.values()) this.overlaps.push(new Overlap([other, leader], leader.sinceMs));
    leaders.set(leader.node, leader);
    this.leaders.set(leader.shard, leaders);
  }

  private end(led: Pick<Leader, 'node' | 'shard'>, atMs: number): void {
    if (this.leaders.get(led.shard)?.delete(led.node) !== true) return;
    for (const overlap of this.overlaps) if (overlap.concerns(led)) this.judge(overlap, atMs);
    this.overlaps = this.overlaps.filter((overlap) => !overlap.concerns(led));
  }

  private judge(overlap: Overlap, toMs: number): void {
    this.splits.judged();
    const { loser, winner } = overlap.sides();
    if (loser.firstWrite === null || winner.firstWrite === null) return;
    const operations = [loser.firstWrite, winner.firstWrite].sort((one, other) => one.id - other.id);
    const atMs = Math.max(...operations.map(({ completedAtMs }) => completedAtMs));
    if (!this.splits.showed({ atMs, operation: operations[1].id })) return;
    const explanation = explainSplitBrain(this.outline, { loser, winner }, { fromMs: overlap.fromMs, toMs });
    this.splits.witness({ atMs, explanation, operations });
  }
}
