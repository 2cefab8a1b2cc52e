import { compareBy } from '../../model/canonical-order';
import { Histogram, nanosecondsOf } from '../../model/histogram';
import { DurationColumns, Intervals, type DurationSeries } from '../../model/interval-columns';
import type { Measurements, ReplicaLag } from '../../model/measurements';
import { replicaKey } from '../../model/measurements-order';
import type { Commit, CopiedState, Discard, RunOutline } from '../../model/observer';
import { isMeasured, type Operation } from '../../model/operation';
import { numberOf } from '../../model/version-number';
import { WritesUnderWay } from './writes-under-way';

/**
 * Replication lag, from a write's local commit to the apply at each other replica, and visibility lag, from its
 * acknowledgement to the apply at the last replica (0 if all had it before). Of writes that arrived in
 * [0, durationMs); a write without OK has no visibility lag, but is replicated all the same. One that the node gave up that had
 * committed it is forgotten: it is in no figure, unless it had been applied before.
 *
 * Memory: the writes that some replica still lacks.
 */
export class Lags {
  private readonly lagOfReplica: readonly Histogram[];
  private readonly unappliedAt: number[];
  private readonly intervals: Intervals;
  private readonly overTime = new DurationColumns();
  private readonly visibility = new Histogram();
  private unseen = 0;
  private readonly writes: WritesUnderWay;
  /** Of versions that have none it cannot be said which are in a copy. */
  private readonly hasNumbers: boolean;

  constructor(private readonly outline: RunOutline) {
    this.hasNumbers = outline.versionOrder !== 'PARTIAL';
    this.intervals = new Intervals(outline);
    this.lagOfReplica = outline.nodes.map(() => new Histogram());
    this.unappliedAt = outline.nodes.map(() => 0);
    this.writes = new WritesUnderWay(outline.nodes.length);
  }

  operationInvoked(operation: Operation): void {
    if (operation.kind === 'WRITE' && isMeasured(operation, this.outline)) this.writes.begin(operation.id);
  }

  operationEnded({ id, kind, outcome, completedAtMs }: Operation): void {
    const write = kind === 'WRITE' ? this.writes.find(id) : -1;
    if (write === -1) return;
    this.writes.close(write);
    if (outcome === 'OK') this.writes.acknowledge(write, completedAtMs);
    // Its commit, if it ever comes, begins anew: most such writes were lost and would wait here for ever.
    if (outcome !== 'OK' && !this.writes.isCommitted(write)) this.writes.forget(write);
    else this.finish(write, completedAtMs);
  }

  committed({ operation, key, version, node, atMs, measured }: Commit): void {
    if (!measured) return;
    const known = this.writes.find(operation);
    const write = known === -1 ? this.beginEnded(operation) : known;
    if (this.writes.isCommitted(write)) return;
    const number = this.hasNumbers ? numberOf(version) : 0;
    const shard = this.outline.shardOf === undefined ? 0 : this.outline.shardOf(key);
    this.writes.commit(write, { atMs, version: number, shard, node });
    this.finish(write, atMs);
  }

  applied(replica: number, operation: number, atMs: number): void {
    if (operation < 0) return;
    const write = this.writes.find(operation);
    if (write !== -1) this.apply(write, replica, atMs);
  }

  /** It is the apply of every write up to that version. */
  copied({ replica, shard, version, atMs }: CopiedState): void {
    if (!this.hasNumbers) return;
    for (const operation of this.writes.lackedBy(replica, { version: numberOf(version), shard }))
      this.apply(this.writes.find(operation), replica, atMs);
  }

  discarded({ operation, node }: Discard): void {
    if (operation < 0) return;
    const write = this.writes.find(operation);
    if (write !== -1 && this.writes.isCommittedBy(write, node)) this.writes.takeBack(write);
  }

  settled(): void {
    this.writes.forEach((write) => {
      if (this.writes.isAcknowledged(write)) this.unseen += 1;
      if (this.writes.isCommitted(write)) this.countLacking(write);
    });
  }

  /** Of the replicas that had any write of another node to apply, in canonical order. */
  replicationLag(): readonly ReplicaLag[] {
    return this.outline.nodes
      .map((replica, index) => ({
        replica,
        histogram: this.lagOfReplica[index].encode(),
        unapplied: this.unappliedAt[index],
      }))
      .filter(({ histogram, unapplied }) => histogram.count + unapplied > 0)
      .sort(compareBy(replicaKey));
  }

  /** Of all replicas, by the interval of the commit. */
  series(): DurationSeries {
    return this.overTime.encode();
  }

  visibilityLag(): Measurements['visibilityLag'] {
    return { histogram: this.visibility.encode(), unapplied: this.unseen };
  }

  /** A replica that restarts may apply what was given up elsewhere meanwhile: of that there is no lag. */
  private apply(write: number, replica: number, atMs: number): void {
    if (!this.writes.isCommitted(write) || !this.writes.hold(write, replica)) return;
    const committedAtMs = this.writes.committedAtMs(write);
    const lagNs = nanosecondsOf(atMs - committedAtMs);
    this.lagOfReplica[replica].recordNs(lagNs);
    this.overTime.add(this.intervals.of(committedAtMs), lagNs);
    this.finish(write, atMs);
  }

  /** A commit whose client gave up before. */
  private beginEnded(operation: number): number {
    const write = this.writes.begin(operation);
    this.writes.close(write);
    return write;
  }

  /** Forgets a write of which nothing more will be heard, if that is so since what happened just now. */
  private finish(write: number, nowMs: number): void {
    if (!this.writes.isDone(write)) return;
    if (this.writes.isAcknowledged(write))
      this.visibility.record(nowMs - this.writes.acknowledgedAtMs(write));
    this.writes.forget(write);
  }

  private countLacking(write: number): void {
    for (let replica = 0; replica < this.unappliedAt.length; replica++)
      if (!this.writes.isHeldBy(write, replica)) this.unappliedAt[replica] += 1;
  }
}
