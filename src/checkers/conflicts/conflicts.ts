import type { AnomalyTally } from '../../model/anomaly';
import type { Commit, Reconciliation } from '../../model/observer';
import type { Operation } from '../../model/operation';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import { IdSet } from '../memory/id-set';
import type { EndedBatch, OperationMemory } from '../memory/operation-memory';
import { isJudgedIn, isWrite } from '../memory/operation-codes';
import { idIn, OPERATION_ROW_WIDTH } from '../memory/operation-rows';
import { Tally } from '../tally';
import { explainConflict, explainDroppedUpdate } from './wording';

/** More pairs than these are not told from each other. */
const PAIRS_MAX = 4_194_304;
/** Of so many the writes are remembered for witnesses, of which there are ten. */
const PAIRS_REMEMBERED = 1_000;
/** Ids are below 2^26, so that a pair is an exact number. */
const IDS = 67_108_864;

/**
 * CONFLICT: a pair of concurrent writes of a key, whatever became of them; each pair counts once.
 * DROPPED_UPDATE: an acknowledged write that conflict resolution dropped.
 *
 * Which writes are concurrent the protocol knows by its version vectors, and tells where they meet.
 */
export class ConflictsChecker implements Checker {
  private readonly conflicts: Tally;
  private readonly drops: Tally;
  private readonly measured = new IdSet();
  private readonly acknowledged = new IdSet();
  private readonly inPair = new IdSet();
  /** By pair: when they met first. */
  private readonly pairs = new Map<number, number>();
  /** By the write that was dropped: its first drop. */
  private readonly dropped = new Map<number, Reconciliation>();

  constructor(
    private readonly outline: CheckedRun,
    private readonly memory: OperationMemory,
  ) {
    this.conflicts = new Tally('CONFLICT', outline);
    this.drops = new Tally('DROPPED_UPDATE', outline);
    memory.whenEnded((batch) => {
      this.onEnded(batch);
    });
  }

  committed({ operation, measured }: Commit): void {
    if (measured && this.measured.add(operation)) this.conflicts.judged();
  }

  reconciled(meeting: Reconciliation): void {
    const [one, other] = meeting.operations;
    const pair = Math.min(one, other) * IDS + Math.max(one, other);
    if (!this.pairs.has(pair)) this.meet(pair, meeting);
    const { dropped } = meeting;
    if (dropped !== null && !this.dropped.has(dropped)) this.dropped.set(dropped, { ...meeting });
  }

  settled(): void {
    for (const [pair, atMs] of this.pairs) this.judgePair(pair, atMs);
    for (const [write, meeting] of this.dropped)
      if (this.acknowledged.has(write) && this.drops.showed({ atMs: meeting.atMs, operation: write }))
        this.accuse(write, meeting);
  }

  tallies(): readonly AnomalyTally[] {
    return [this.drops.tally(), this.conflicts.tally()];
  }

  private onEnded({ count, rows, codes }: EndedBatch): void {
    for (let index = 0; index < count; index += 1) {
      if (!isWrite(codes[index]) || !isJudgedIn(codes[index])) continue;
      this.drops.judged();
      this.acknowledged.add(idIn(rows, OPERATION_ROW_WIDTH * index));
    }
  }

  private meet(pair: number, { operations, atMs }: Reconciliation): void {
    if (this.pairs.size >= PAIRS_MAX) {
      this.conflicts.forgotten();
      return;
    }
    this.pairs.set(pair, atMs);
    if (this.pairs.size <= PAIRS_REMEMBERED) for (const operation of operations) this.memory.keep(operation);
  }

  private judgePair(pair: number, atMs: number): void {
    const ids = [Math.floor(pair / IDS), pair % IDS];
    const measured = ids.filter((id) => this.measured.has(id));
    if (measured.length === 0) return;
    const affected = measured.filter((id) => this.inPair.add(id)).length;
    const [first, second] = ids;
    if (!this.conflicts.showedAmong(affected, { atMs, operation: second })) return;
    const operations = this.known([first, second]);
    const explanation = explainConflict(this.outline, { ids, operations, atMs });
    this.conflicts.witness({ atMs, explanation, operations });
  }

  private accuse(write: number, meeting: Reconciliation): void {
    const other = meeting.operations[0] === write ? meeting.operations[1] : meeting.operations[0];
    const [dropped = null] = this.known([write]);
    const [winner = null] = this.known([other]);
    this.drops.witness({
      atMs: meeting.atMs,
      explanation: explainDroppedUpdate(this.outline, meeting, { dropped, winner }),
      operations: this.known([other, write]),
    });
  }

  private known(ids: readonly number[]): readonly Operation[] {
    return ids.map((id) => this.memory.find(id)).filter((operation) => operation !== null);
  }
}
