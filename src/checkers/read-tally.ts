import type { AnomalyKind, AnomalyTally } from '../model/anomaly';
import type { RunOutline } from '../model/observer';
import { isMeasured, type Operation } from '../model/operation';
import { FirstWitnesses } from './first-witnesses';
import { copyOf } from './operation-rows';

/** A read, and the earlier operation that shows it to be wrong. */
export interface Contradiction {
  readonly earlier: Operation;
  readonly read: Operation;
}

/** Why a contradiction is an anomaly, in words for a reader who was not there. */
export type Explanation = (outline: RunOutline, contradiction: Contradiction) => string;

/** Reads answered OK that arrived in [0, durationMs): these are judged, and counted as relevant. */
export function isJudged(read: Operation, outline: Pick<RunOutline, 'durationMs'>): boolean {
  return read.outcome === 'OK' && read.kind === 'READ' && isMeasured(read, outline);
}

/** Counts the reads that an earlier operation contradicts, and keeps the first as witnesses. */
export class ReadTally {
  private count = 0;
  private relevant = 0;
  private readonly witnesses = new FirstWitnesses();

  constructor(
    private readonly kind: AnomalyKind,
    private readonly outline: RunOutline,
    private readonly explain: Explanation,
  ) {}

  /** A read was judged. */
  judged(): void {
    this.relevant += 1;
  }

  /** It is wrong. True if it would be kept as a witness: then tell why, with `witness`. */
  contradicted(read: Operation): boolean {
    this.count += 1;
    return this.witnesses.wants(read);
  }

  /** @param earlier in plain data */
  witness({ earlier, read }: Contradiction): void {
    this.witnesses.add({
      repetition: this.outline.repetition,
      atMs: read.completedAtMs,
      explanation: this.explain(this.outline, { earlier, read }),
      operations: [earlier, copyOf(read)],
    });
  }

  tally(): AnomalyTally {
    const { kind, count, relevant } = this;
    return { kind, count, relevant, witnesses: this.witnesses.all };
  }
}
