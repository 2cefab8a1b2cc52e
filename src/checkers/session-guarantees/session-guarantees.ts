import type { AnomalyTally } from '../../model/anomaly';
import type { OperationKind } from '../../model/operation';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import type { EndedBatch, OperationMemory } from '../memory/operation-memory';
import { isJudgedIn, isOk, isWrite } from '../memory/operation-codes';
import { Column, idIn, OPERATION_ROW_WIDTH } from '../memory/operation-rows';
import { PairVersions, raise, READ, WRITTEN } from './pair-versions';
import { SessionTallies, type Guarantee } from './session-tallies';

/** So often nothing is found before it is looked for no more: each look goes through the whole memory. */
const MISSES_MAX = 100;

interface Accusation {
  readonly guarantee: Guarantee;
  readonly kind: OperationKind;
  readonly version: number;
}

/**
 * The four session guarantees (Terry et al. 1994), key by key: no operation may get a version older than the newest that its
 * session wrote, or read, before. For totally ordered versions.
 *
 * A session is sequential, so whatever was answered to it before an operation ended was so before it was sent. An absent
 * key is older than everything, so a read of one can never contradict another operation.
 */
export class SessionGuaranteesChecker implements Checker {
  private readonly known: PairVersions;
  private readonly found: SessionTallies;
  private misses = 0;

  constructor(
    run: CheckedRun,
    private readonly memory: OperationMemory,
  ) {
    this.known = new PairVersions(run.sessions * run.keys);
    this.found = new SessionTallies(run);
    memory.whenEnded((batch) => {
      this.onEnded(batch);
    });
  }

  tallies(): readonly AnomalyTally[] {
    return this.found.tallies();
  }

  private onEnded({ count, rows, codes }: EndedBatch): void {
    this.known.fetch(rows, {
      first: Column.Pair,
      step: OPERATION_ROW_WIDTH,
      end: OPERATION_ROW_WIDTH * count,
    });
    for (let index = 0; index < count; index += 1)
      if (isOk(codes[index])) this.onOk(rows, OPERATION_ROW_WIDTH * index, codes[index]);
  }

  private onOk(rows: Float64Array, row: number, code: number): void {
    const version = rows[row + Column.Version];
    if (version === 0 && isWrite(code)) return;
    const place = this.known.claim(rows[row + Column.Pair]);
    if (isJudgedIn(code)) this.judge(rows, row, { code, place });
    raise(this.known.cells, place + (isWrite(code) ? WRITTEN : READ), version);
  }

  /** @param place of its session and key in `known.cells` */
  private judge(
    rows: Float64Array,
    row: number,
    { code, place }: { readonly code: number; readonly place: number },
  ): void {
    const { cells } = this.known;
    const { afterWrite, afterRead } = isWrite(code) ? this.found.ofWrites : this.found.ofReads;
    const version = rows[row + Column.Version];
    afterWrite.tally.judged();
    afterRead.tally.judged();
    if (version < cells[place + WRITTEN])
      this.accuse(rows, row, { guarantee: afterWrite, kind: 'WRITE', version: cells[place + WRITTEN] });
    if (version < cells[place + READ])
      this.accuse(rows, row, { guarantee: afterRead, kind: 'READ', version: cells[place + READ] });
  }

  /** The operation of that kind and version was before, of the same session and key. */
  private accuse(
    rows: Float64Array,
    row: number,
    { guarantee: { tally, explain }, kind, version }: Accusation,
  ): void {
    const showing = { atMs: rows[row + Column.CompletedAtMs], operation: idIn(rows, row) };
    if (!tally.showed(showing) || this.misses >= MISSES_MAX) return;
    const earlier = this.memory.findBefore(idIn(rows, row), {
      pair: rows[row + Column.Pair],
      kind,
      version,
    });
    if (earlier === null) this.misses += 1;
    tally.contradiction(explain, earlier, this.memory.operationAt(rows, row));
  }
}
