import { invariant } from '../../../model/invariant';

/** Where the entries of an epoch begin: a line of PostgreSQL's timeline history file. */
export interface EpochStart {
  readonly epoch: number;
  readonly lsn: number;
}

/** Which leader's epoch each entry of a log is of. Epochs rise along the log, and only those that have entries are in it. */
export class EpochHistory {
  private starts: readonly EpochStart[] = [];
  /** The last of them, for the hot path. */
  private lastEpoch = 0;
  private lastStart = 0;

  /** Good for ever. */
  get all(): readonly EpochStart[] {
    return this.starts;
  }

  /** An entry joins the log. */
  note(epoch: number, lsn: number): void {
    if (epoch === this.lastEpoch) return;
    invariant(epoch > this.lastEpoch, 'epochs rise along a log');
    this.become([...this.starts, { epoch, lsn }]);
  }

  /** The epoch of that entry, which the log has or had; 0 before the first. */
  epochAt(lsn: number): number {
    if (lsn >= this.lastStart) return lsn === 0 ? 0 : this.lastEpoch;
    for (let index = this.starts.length - 2; index >= 0; index--)
      if (this.starts[index].lsn <= lsn) return this.starts[index].epoch;
    return 0;
  }

  truncateAfter(lsn: number): void {
    if (lsn < this.lastStart) this.become(this.starts.filter((start) => start.lsn <= lsn));
  }

  /** Takes over the history of another log. */
  become(starts: readonly EpochStart[]): void {
    this.starts = starts;
    const last = starts.at(-1);
    this.lastEpoch = last?.epoch ?? 0;
    this.lastStart = last?.lsn ?? 0;
  }
}

/** A log, as far as another one must know it to find where they part. */
export interface LogOutline {
  readonly starts: readonly EpochStart[];
  /** Its last LSN. */
  readonly end: number;
}

/** The last LSN up to which two logs are the same: an epoch has one leader, so entries of one epoch and LSN are the same entry. */
export function forkOf(one: LogOutline, other: LogOutline): number {
  let common = 0;
  for (let index = 0; index < Math.min(one.starts.length, other.starts.length); index++) {
    const [mine, theirs] = [one.starts[index], other.starts[index]];
    if (mine.epoch !== theirs.epoch || mine.lsn !== theirs.lsn) break;
    common = Math.min(endOf(one, index), endOf(other, index));
  }
  return common;
}

function endOf({ starts, end }: LogOutline, index: number): number {
  return index + 1 < starts.length ? starts[index + 1].lsn - 1 : end;
}
