import type { AnomalyTally } from '../../model/anomaly';
import type { CheckedRun } from '../checked-run';
import { Tally, type Explanation } from '../tally';
import { explainMonotonicReads } from './monotonic-reads';
import { explainMonotonicWrites } from './monotonic-writes';
import { explainReadYourWrites } from './read-your-writes';
import { explainWritesFollowReads } from './writes-follow-reads';

export interface Guarantee {
  readonly tally: Tally;
  readonly explain: Explanation;
}

/** What an operation owes to an earlier write, and to an earlier read, of its session. */
export interface Guarantees {
  readonly afterWrite: Guarantee;
  readonly afterRead: Guarantee;
}

/** What was found of each guarantee. */
export class SessionTallies {
  readonly ofReads: Guarantees;
  readonly ofWrites: Guarantees;

  constructor(outline: CheckedRun) {
    this.ofReads = {
      afterWrite: { tally: new Tally('READ_YOUR_WRITES', outline), explain: explainReadYourWrites },
      afterRead: { tally: new Tally('MONOTONIC_READS', outline), explain: explainMonotonicReads },
    };
    this.ofWrites = {
      afterWrite: { tally: new Tally('MONOTONIC_WRITES', outline), explain: explainMonotonicWrites },
      afterRead: { tally: new Tally('WRITES_FOLLOW_READS', outline), explain: explainWritesFollowReads },
    };
  }

  tallies(): readonly AnomalyTally[] {
    return [this.ofReads, this.ofWrites].flatMap(({ afterWrite, afterRead }) => [
      afterWrite.tally.tally(),
      afterRead.tally.tally(),
    ]);
  }
}
