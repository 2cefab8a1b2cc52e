import type { AnomalyTally } from '../../model/anomaly';
import type { Discard, FinalState } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { copyOfVersion } from '../../model/version';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import { IdSet } from '../memory/id-set';
import type { EndedBatch, OperationMemory } from '../memory/operation-memory';
import { hasFailed, isJudgedIn, isWrite } from '../memory/operation-codes';
import { idIn, OPERATION_ROW_WIDTH, writerIn } from '../memory/operation-rows';
import { Tally } from '../tally';
import { ReadsByWriter, type ReadsOfWrite } from './reads-by-writer';
import { explainDirtyRead, explainLostWrite } from './wording';

/**
 * LOST_WRITE: an acknowledged write is in no surviving log and no applied set at the end of settle.
 * DIRTY_READ: a read returned a write that failed, or was discarded and is in none of those either.
 *
 * Only what a node gave up (`discarded`) can be lost, so the end asks the final states about those writes alone. A write from
 * before the run, whose operation is negative, counts as acknowledged.
 */
export class DurabilityChecker implements Checker {
  private readonly lost: Tally;
  private readonly dirty: Tally;
  private readonly reads = new ReadsByWriter();
  private readonly acknowledged = new IdSet();
  private readonly failed = new IdSet();
  /** The last discard of each write that some node gave up. */
  private readonly discards = new Map<number, Discard>();
  /** Reads of discarded writes that `reads` had to let go. */
  private readonly letGo = new Map<number, number>();

  constructor(
    private readonly run: CheckedRun,
    private readonly memory: OperationMemory,
  ) {
    this.lost = new Tally('LOST_WRITE', run);
    this.dirty = new Tally('DIRTY_READ', run);
    this.lost.judged(run.initialWrites ?? 0);
    memory.whenEnded((batch) => {
      this.onEnded(batch);
    });
  }

  discarded(discard: Discard): void {
    this.discards.set(discard.operation, { ...discard, version: copyOfVersion(discard.version) });
    if (!isInitial(discard)) this.memory.keep(discard.operation);
  }

  settled(_atMs: number, states: readonly FinalState[], isCutOff: boolean): void {
    for (const discard of this.discards.values())
      if (isCutOff) this.leaveUnjudged();
      else this.judge(discard, states);
    this.failed.forEach((writer) => {
      this.accuseReads({ writer, count: this.reads.countOf(writer) ?? 0 }, null);
    });
  }

  tallies(): readonly AnomalyTally[] {
    return [this.lost.tally(), this.dirty.tally()];
  }

  private onEnded({ count, rows, codes }: EndedBatch): void {
    for (let index = 0; index < count; index += 1)
      if (isWrite(codes[index])) this.onWrite(idIn(rows, OPERATION_ROW_WIDTH * index), codes[index]);
      else if (isJudgedIn(codes[index])) this.onRead(rows, OPERATION_ROW_WIDTH * index);
  }

  private onWrite(id: number, code: number): void {
    if (hasFailed(code)) this.onFailed(id);
    if (!isJudgedIn(code)) return;
    this.lost.judged();
    this.acknowledged.add(id);
  }

  /** Of a write that took very long to fail, reads may be forgotten. */
  private onFailed(write: number): void {
    this.failed.add(write);
    if (this.reads.countOf(write) === null) this.dirty.forgotten();
  }

  private onRead(rows: Float64Array, row: number): void {
    const writer = writerIn(rows, row);
    if (writer === null) return;
    this.dirty.judged();
    const left = this.reads.add(idIn(rows, row), writer);
    if (left !== null) this.leave(left);
  }

  private leave({ writer, count }: ReadsOfWrite): void {
    if (this.failed.has(writer)) this.dirty.showedUnremembered(count);
    else if (this.discards.has(writer)) this.letGo.set(writer, count + (this.letGo.get(writer) ?? 0));
  }

  /** Others might have it yet, or get it: the run ended too early to say. */
  private leaveUnjudged(): void {
    this.lost.forgotten();
    this.dirty.forgotten();
  }

  private judge(discard: Discard, states: readonly FinalState[]): void {
    const last = this.asAcknowledged(discard);
    if (!states.some((state) => state.holds(last))) this.condemn(last);
  }

  /** Of a client that tried again a node may give up one attempt while another lives on: what counts is what the client was told. */
  private asAcknowledged(discard: Discard): Discard {
    const version = isInitial(discard) ? null : (this.memory.find(discard.operation)?.version ?? null);
    return version === null ? discard : { ...discard, version };
  }

  private condemn(discard: Discard): void {
    const { operation: writer } = discard;
    if (isInitial(discard) || this.acknowledged.has(writer)) this.lose(discard);
    if (this.failed.has(writer)) return;
    const count = this.reads.countOf(writer);
    if (count === null) this.dirty.forgotten();
    else this.accuseReads({ writer, count }, discard);
    this.dirty.showedUnremembered(this.letGo.get(writer) ?? 0);
  }

  private lose(discard: Discard): void {
    const { operation, atMs } = discard;
    const isWanted = this.lost.showed({ atMs, operation: isInitial(discard) ? null : operation });
    if (isWanted) this.accuse(discard);
    this.run.losses?.lost(discard);
  }

  private accuse(discard: Discard): void {
    const write = isInitial(discard) ? null : this.memory.find(discard.operation);
    this.lost.witness({
      atMs: discard.atMs,
      explanation: explainLostWrite(this.run, discard, write),
      operations: write === null ? [] : [write],
    });
  }

  /** @param discard null: the write failed */
  private accuseReads({ writer, count }: ReadsOfWrite, discard: Discard | null): void {
    if (count === 0) return;
    let remembered = 0;
    for (const id of this.reads.readsOf(writer)) {
      const read = this.memory.find(id);
      if (read === null) continue;
      remembered += 1;
      if (this.dirty.showedIn(read)) this.accuseRead(read, { writer, discard });
    }
    this.dirty.showedUnremembered(count - remembered);
  }

  private accuseRead(
    read: Operation,
    { writer, discard }: { readonly writer: number; readonly discard: Discard | null },
  ): void {
    const write = writer < 0 ? null : this.memory.find(writer);
    this.dirty.witness({
      atMs: read.completedAtMs,
      explanation: explainDirtyRead(this.run, { write, read, discard }),
      operations: write === null ? [read] : [write, read],
    });
  }
}

function isInitial({ operation }: Discard): boolean {
  return operation < 0;
}
