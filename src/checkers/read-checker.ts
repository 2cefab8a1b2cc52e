import type { AnomalyKind, AnomalyTally } from '../model/anomaly';
import type { RunOutline } from '../model/observer';
import { isMeasured, type Operation } from '../model/operation';
import type { Checker } from './checker';
import { FirstWitnesses } from './first-witnesses';
import { copyOf } from './operation-rows';

/** A read, and the earlier operation that shows it to be wrong. */
export interface Contradiction {
  readonly earlier: Operation;
  readonly read: Operation;
}

/**
 * A checker of reads that an earlier operation can contradict: what its heirs share.
 *
 * They remember what is known from acknowledged operations, warm-up included, and find for a read the one that
 * proves it wrong. Only reads answered OK that arrived in [0, durationMs) are judged and counted.
 */
export abstract class ReadChecker implements Checker {
  protected abstract readonly kind: AnomalyKind;
  private count = 0;
  private relevant = 0;
  private readonly witnesses = new FirstWitnesses();

  constructor(protected readonly outline: RunOutline) {}

  /** Whether an earlier operation shows the read to be wrong. */
  protected abstract isContradicted(read: Operation): boolean;

  /** That operation, in plain data; asked for only when there is one. */
  protected abstract contradicting(read: Operation): Operation;

  /** Why both together are an anomaly, in words for a reader who was not there. */
  protected abstract explain(contradiction: Contradiction): string;

  /** Takes note of an operation answered OK; a read was judged before. */
  protected abstract learn(operation: Operation): void;

  operationEnded(operation: Operation): void {
    if (operation.outcome !== 'OK') return;
    if (operation.kind === 'READ' && isMeasured(operation, this.outline)) this.judge(operation);
    this.learn(operation);
  }

  tally(): AnomalyTally {
    const { kind, count, relevant } = this;
    return { kind, count, relevant, witnesses: this.witnesses.all };
  }

  private judge(read: Operation): void {
    this.relevant += 1;
    if (!this.isContradicted(read)) return;
    this.count += 1;
    if (this.witnesses.wants(read)) this.bearWitness(read);
  }

  private bearWitness(read: Operation): void {
    const earlier = this.contradicting(read);
    this.witnesses.add({
      repetition: this.outline.repetition,
      atMs: read.completedAtMs,
      explanation: this.explain({ earlier, read }),
      operations: [earlier, copyOf(read)],
    });
  }
}
