import type { DemandingRead } from '../messages';

/** A read that waits, and until when. */
export type WaitingRead = Readonly<DemandingRead> & { readonly deadlineMs: number };

/** Reads that wait at a follower for what it does not have yet. All have one patience, so the first to come is the first to go. */
export class WaitingReads {
  private reads: WaitingRead[] = [];

  get isEmpty(): boolean {
    return this.reads.length === 0;
  }

  /** When the patience of the first of them ends; ∞ without any. */
  get soonestMs(): number {
    return this.reads.length === 0 ? Infinity : this.reads[0].deadlineMs;
  }

  /** The message of the read is copied: it is not the node's to keep. */
  add(read: DemandingRead, deadlineMs: number): void {
    const { from, operation, session, key, effect, operand, target, epoch, lsn, timestampMs } = read;
    this.reads.push({
      from,
      operation,
      session,
      key,
      effect,
      operand,
      target,
      epoch,
      lsn,
      timestampMs,
      deadlineMs,
    });
  }

  /** Takes out all of which it is true, in the order in which they came. */
  takeIf(isTaken: (read: WaitingRead) => boolean, take: (read: WaitingRead) => void): void {
    const taken = this.reads.filter(isTaken);
    if (taken.length === 0) return;
    this.reads = this.reads.filter((read) => !taken.includes(read));
    for (const read of taken) take(read);
  }

  clear(): void {
    this.reads = [];
  }
}
