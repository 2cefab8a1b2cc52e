import type { AnomalyTally } from '../../model/anomaly';
import type { Failover, FaultEvent, FaultKind, LeadershipEvent } from '../../model/observer';
import type { Operation } from '../../model/operation';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import type { EndedBatch, OperationMemory } from '../memory/operation-memory';
import { isOk, isWrite } from '../memory/operation-codes';
import { OPERATION_ROW_WIDTH } from '../memory/operation-rows';
import { Tally } from '../tally';
import { Overlap, type Leader } from './overlap';
import { explainFalseFailover, explainSplitBrain } from './wording';

/** What makes a node forget that it leads. */
const FORGETTING: readonly FaultKind[] = ['CRASH', 'UPGRADE', 'DATACENTER_OUTAGE'];

/**
 * SPLIT_BRAIN: a stretch of time in which two nodes believe that they lead, and each acknowledges at least one write.
 * FALSE_FAILOVER: a failover although the leader was alive and not cut off from the majority.
 */
export class LeadershipChecker implements Checker {
  private readonly splits: Tally;
  private readonly failovers: Tally;
  private readonly leaders = new Map<number, Leader>();
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

  leadership({ kind, node, epoch, atMs }: LeadershipEvent): void {
    this.memory.flush();
    const before = this.leaders.get(node);
    if (kind === 'BEGAN' && before?.epoch === epoch) return;
    this.end(node, atMs);
    if (kind === 'BEGAN') this.begin({ node, epoch, sinceMs: atMs });
  }

  fault({ kind, nodes, atMs }: FaultEvent): void {
    if (!FORGETTING.includes(kind)) return;
    this.memory.flush();
    for (const node of nodes) this.end(node, atMs);
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
    const { node } = write;
    if (node === null) return;
    for (const overlap of this.overlaps) if (overlap.concerns(node)) overlap.acknowledged(write);
  }

  private begin(leader: Leader): void {
    for (const other of this.leaders.values())
      this.overlaps.push(new Overlap([other, leader], leader.sinceMs));
    this.leaders.set(leader.node, leader);
  }

  private end(node: number, atMs: number): void {
    if (!this.leaders.delete(node)) return;
    for (const overlap of this.overlaps) if (overlap.concerns(node)) this.judge(overlap, atMs);
    this.overlaps = this.overlaps.filter((overlap) => !overlap.concerns(node));
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
