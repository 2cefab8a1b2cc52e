import type { ObservedOperation } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { copyOf } from './operation-rows';

/** At most some 30 MB. */
const OPERATIONS_MAX = 131_072;

/** A write, as far as it is known, and the id of the write that it answers. */
export interface RecentWrite {
  operation: Operation;
  readonly cause: number | null;
}

/** The writes among the last operations that were sent, by their ids. */
export class RecentWrites {
  private readonly writes = new Map<number, RecentWrite>();
  /** No lower id is remembered. */
  private oldest = 0;

  constructor(private readonly operationsMax = OPERATIONS_MAX) {}

  sent(write: ObservedOperation): void {
    this.writes.set(write.id, { operation: copyOf(write), cause: write.cause });
    this.forgetBefore(write.id - this.operationsMax);
  }

  ended(write: ObservedOperation): void {
    const known = this.writes.get(write.id);
    if (known !== undefined) known.operation = copyOf(write);
  }

  /** Null if it is not remembered, or not any more. */
  find(id: number): RecentWrite | null {
    return this.writes.get(id) ?? null;
  }

  /** Ids rise, though not all are of writes, and not always in order. */
  private forgetBefore(id: number): void {
    for (; this.oldest <= id; this.oldest += 1) this.writes.delete(this.oldest);
  }
}
