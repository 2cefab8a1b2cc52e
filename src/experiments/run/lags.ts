import { compareBy } from '../../model/canonical-order';
import { Histogram } from '../../model/histogram';
import { invariant } from '../../model/invariant';
import type { Measurements, ReplicaLag } from '../../model/measurements';
import { replicaKey } from '../../model/merge-measurements';
import type { Commit, RunOutline } from '../../model/observer';
import { isMeasured, type Operation } from '../../model/operation';
import { TrackedWrite } from './tracked-write';

/**
 * Replication lag, from a write's local commit to the apply at each other replica, and visibility lag, from its
 * acknowledgement to the apply at the last replica (0 if all had it before). Of writes that arrived in
 * [0, durationMs); a write without OK has no visibility lag, but is replicated all the same.
 *
 * Memory: the writes that some replica still lacks.
 */
export class Lags {
  private readonly lagOfReplica: readonly Histogram[];
  private readonly unappliedAt: number[];
  private readonly visibility = new Histogram();
  private unseen = 0;
  private readonly underWay = new Map<number, TrackedWrite>();
  private readonly spare: TrackedWrite[] = [];

  constructor(private readonly outline: RunOutline) {
    this.lagOfReplica = outline.nodes.map(() => new Histogram());
    this.unappliedAt = outline.nodes.map(() => 0);
  }

  operationInvoked(operation: Operation): void {
    if (operation.kind === 'WRITE' && isMeasured(operation, this.outline)) this.track(operation.id);
  }

  operationEnded({ id, outcome, completedAtMs }: Operation): void {
    const write = this.underWay.get(id);
    if (write === undefined) return;
    write.isOpen = false;
    if (outcome === 'OK') write.acknowledgedAtMs = completedAtMs;
    // Its commit, if it ever comes, begins anew: most such writes were lost and would wait here for ever.
    if (outcome !== 'OK' && write.committedAtMs === null) this.forget(id, write);
    else this.finish(id, write);
  }

  committed({ operation, node, atMs, measured }: Commit): void {
    if (!measured) return;
    const write = this.underWay.get(operation) ?? this.trackEnded(operation);
    if (write.committedAtMs !== null) return;
    write.committedAtMs = atMs;
    write.held(node, atMs);
    this.finish(operation, write);
  }

  applied(replica: number, operation: number, atMs: number): void {
    const write = this.underWay.get(operation);
    if (write === undefined) return;
    invariant(write.committedAtMs !== null, 'a replica applied a write that no node had committed');
    if (!write.held(replica, atMs)) return;
    this.lagOfReplica[replica].record(atMs - write.committedAtMs);
    this.finish(operation, write);
  }

  settled(): void {
    for (const write of this.underWay.values()) {
      if (write.acknowledgedAtMs !== null) this.unseen += 1;
      if (write.committedAtMs === null) continue;
      this.unappliedAt.forEach((_, replica) => {
        if (!write.isHeldBy(replica)) this.unappliedAt[replica] += 1;
      });
    }
    this.underWay.clear();
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

  visibilityLag(): Measurements['visibilityLag'] {
    return { histogram: this.visibility.encode(), unapplied: this.unseen };
  }

  private track(id: number): TrackedWrite {
    const write = this.spare.pop() ?? new TrackedWrite(this.outline.nodes.length);
    this.underWay.set(id, write);
    return write;
  }

  /** A commit whose client gave up before. */
  private trackEnded(id: number): TrackedWrite {
    const write = this.track(id);
    write.isOpen = false;
    return write;
  }

  private finish(id: number, write: TrackedWrite): void {
    if (!write.isDone) return;
    const { acknowledgedAtMs, lastAppliedAtMs } = write;
    if (acknowledgedAtMs !== null) this.visibility.record(Math.max(0, lastAppliedAtMs - acknowledgedAtMs));
    this.forget(id, write);
  }

  private forget(id: number, write: TrackedWrite): void {
    this.underWay.delete(id);
    write.reset();
    this.spare.push(write);
  }
}
