import type { AnomalyKind, AnomalyTally, Witness } from '../model/anomaly';
import type { RunOutline } from '../model/observer';
import { isMeasured, type Operation } from '../model/operation';
import type { CheckedRun } from './checked-run';
import { FirstWitnesses, type Showing } from './first-witnesses';
import { copyOf } from './memory/operation-rows';

/** An operation, and an earlier one that shows it to be wrong. */
export interface Contradiction {
  readonly earlier: Operation;
  readonly later: Operation;
}

/** Why a contradiction is an anomaly, in words for a reader who was not there. */
export type Explanation = (outline: RunOutline, contradiction: Contradiction) => string;

/** Operations answered OK that arrived in [0, durationMs) are judged; reads or writes, as the anomaly says. */
export function isJudged(operation: Operation, outline: Pick<RunOutline, 'durationMs'>): boolean {
  return operation.outcome === 'OK' && isMeasured(operation, outline);
}

/** Counts how often an anomaly showed, and keeps the first witnesses of it. */
export class Tally {
  private count = 0;
  private affected = 0;
  private relevant = 0;
  private unjudged = 0;
  private readonly witnesses = new FirstWitnesses();

  constructor(
    private readonly kind: AnomalyKind,
    private readonly outline: CheckedRun,
  ) {}

  /** It could have shown once more, or so many times. */
  judged(times = 1): void {
    this.relevant += times;
  }

  /** Of what could have shown it, so much cannot be judged: it is not remembered any more. */
  forgotten(times = 1): void {
    this.unjudged += times;
  }

  /** It showed. True if it would be kept as a witness: then tell why, with `witness`. */
  showed(showing: Showing): boolean {
    return this.showedAmong(1, showing);
  }

  /** It showed, and so many of the relevant are in it that were not in another one before. */
  showedAmong(affected: number, showing: Showing): boolean {
    this.count += 1;
    this.affected += affected;
    return this.witnesses.wants(showing);
  }

  /** It showed so many times in what is not remembered: there are no witnesses of that. */
  showedUnremembered(times: number): void {
    this.count += times;
    this.affected += times;
  }

  /** It showed in this operation, as that ended. */
  showedIn({ completedAtMs, id }: Operation): boolean {
    return this.showed({ atMs: completedAtMs, operation: id });
  }

  witness(witness: Omit<Witness, 'repetition'>): void {
    const { atMs, operations } = witness;
    const fromMs = operations.reduce((least, { invokedAtMs }) => Math.min(least, invokedAtMs), atMs);
    this.outline.listener?.showed(this.kind, fromMs, atMs);
    this.witnesses.add({ repetition: this.outline.repetition, ...witness });
  }

  /**
   * A witness of two operations, the later of which shows the anomaly.
   *
   * @param earlier in plain data; null if it is not remembered: then there is no witness
   */
  contradiction(explain: Explanation, earlier: Operation | null, shown: Operation): void {
    if (earlier === null) return;
    const later = copyOf(shown);
    this.witness({
      atMs: later.completedAtMs,
      explanation: explain(this.outline, { earlier, later }),
      operations: [earlier, later],
    });
  }

  tally(): AnomalyTally {
    const { kind, count, affected, relevant, unjudged } = this;
    return { kind, count, affected, relevant, unjudged, witnesses: this.witnesses.all };
  }
}
