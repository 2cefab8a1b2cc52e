import { Histogram } from '../src/model/histogram';
import type { ObservedOperation, Observer } from '../src/model/observer';
import type { LogVersion } from '../src/model/version';
import { percentilesOf } from './kernel';
import type { QuorumStatistics } from './workload';

/** Measures what the reference workload asks for and nothing else; latencies count from the send. */
export class QuorumObserver implements Observer {
  private readonly readLatency = new Histogram();
  private readonly writeLatency = new Histogram();
  private readonly acknowledged: Int32Array;
  /** By the place of an operation under way: the newest version acknowledged when it was sent. */
  private readonly newestAtStart: Int32Array;
  private reads = 0;
  private writes = 0;
  private staleReads = 0;
  private versionsBehind = 0;

  constructor({ keys, sessions }: { readonly keys: number; readonly sessions: number }) {
    this.newestAtStart = new Int32Array(sessions);
    this.acknowledged = new Int32Array(keys);
  }

  operationInvoked({ place, key }: ObservedOperation): void {
    this.newestAtStart[place] = this.acknowledged[key];
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.outcome !== 'OK') return;
    const lsn = operation.version === null ? 0 : (operation.version as LogVersion).lsn;
    const latencyMs = operation.completedAtMs - operation.invokedAtMs;
    if (operation.kind === 'WRITE') this.onWrite(operation.key, lsn, latencyMs);
    else this.onRead(this.newestAtStart[operation.place] - lsn, latencyMs);
  }

  committed(): void {}
  applied(): void {}
  discarded(): void {}
  reconciled(): void {}
  leadership(): void {}
  failedOver(): void {}
  noticed(): void {}
  copied(): void {}
  recovered(): void {}
  positions(): void {}
  fault(): void {}
  clientsStopped(): void {}
  settled(): void {}

  statistics(): QuorumStatistics {
    const { reads, writes, staleReads, versionsBehind } = this;
    return {
      reads,
      writes,
      staleReads,
      versionsBehind,
      readMs: percentilesOf(this.readLatency),
      writeMs: percentilesOf(this.writeLatency),
    };
  }

  private onWrite(key: number, lsn: number, latencyMs: number): void {
    this.writes++;
    this.writeLatency.record(latencyMs);
    if (this.acknowledged[key] < lsn) this.acknowledged[key] = lsn;
  }

  private onRead(behind: number, latencyMs: number): void {
    this.reads++;
    this.readLatency.record(latencyMs);
    if (behind <= 0) return;
    this.staleReads++;
    this.versionsBehind += behind;
  }
}
