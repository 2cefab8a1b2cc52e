import type { AnomalyTally } from '../../model/anomaly';
import type { ObservedOperation, RunOutline } from '../../model/observer';
import { numberOf } from '../../model/version-number';
import type { Checker } from '../checker';
import { isJudged, ReadTally } from '../read-tally';
import { explainMonotonicReads } from './monotonic-reads';
import { explainReadYourWrites } from './read-your-writes';
import { SessionMemory } from './session-memory';

/**
 * READ_YOUR_WRITES: a session reads a version older than its own earlier acknowledged write.
 * MONOTONIC_READS: a session reads an older version than it read before.
 *
 * A session is sequential, so whatever was answered to it before the read ended was so before the read was sent. An absent
 * key is older than everything, so a read of one can never contradict another.
 */
export class SessionGuaranteesChecker implements Checker {
  private readonly memory: SessionMemory;
  private readonly readYourWrites: ReadTally;
  private readonly monotonicReads: ReadTally;

  constructor(private readonly outline: RunOutline) {
    this.memory = new SessionMemory(outline);
    this.readYourWrites = new ReadTally('READ_YOUR_WRITES', outline, explainReadYourWrites);
    this.monotonicReads = new ReadTally('MONOTONIC_READS', outline, explainMonotonicReads);
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.outcome !== 'OK') return;
    const version = numberOf(operation.version);
    if (isJudged(operation, this.outline)) this.judge(operation, version);
    if (version !== 0) this.memory.learn(operation, version);
  }

  tallies(): readonly AnomalyTally[] {
    return [this.readYourWrites.tally(), this.monotonicReads.tally()];
  }

  private judge(read: ObservedOperation, version: number): void {
    const { memory, readYourWrites, monotonicReads } = this;
    readYourWrites.judged();
    monotonicReads.judged();
    if (version < memory.writtenVersion(read) && readYourWrites.contradicted(read))
      readYourWrites.witness({ earlier: memory.newest(read, 'WRITE'), read });
    if (version < memory.readVersion(read) && monotonicReads.contradicted(read))
      monotonicReads.witness({ earlier: memory.newest(read, 'READ'), read });
  }
}
