import type { FollowerRecovery, Notice, Reconciliation } from '../model/observer';
import type { DeadLeader, Takeover } from './failover-watch';
import type { HostParts } from './host-parts';
import type { EventQueue } from './event-queue';
import type { LogEntry } from './message';
import type { Recorder } from './recorder';
import type { Tracer } from './tracer';

/**
 * A node as it tells about itself. Nothing in the run depends on what it tells.
 *
 * It is the base of `Host`, which protocols see, so that they tell and act through one thing.
 */
export abstract class ReportingNode {
  protected readonly queue: EventQueue;
  protected readonly tracer: Tracer | null;
  private readonly recorder: Recorder;

  protected constructor(
    /** Its index in the topology, and its number as an endpoint. */
    readonly id: number,
    { queue, network, recorder }: Pick<HostParts, 'queue' | 'network' | 'recorder'>,
  ) {
    this.queue = queue;
    this.recorder = recorder;
    this.tracer = network.tracer;
  }

  /** The simulated time; for what the node tells about itself, never for what it does. */
  get nowMs(): number {
    return this.queue.now;
  }

  /** Tells the observer that a write became part of this node's durable state, as the node that accepted it. */
  committed(entry: LogEntry): void {
    this.recorder.committed(this.id, entry);
  }

  /** Tells the observer that this replica applied a write of another node. */
  applied(entry: LogEntry): void {
    this.recorder.applied(this.id, entry);
  }

  /** Tells the observer that this node gave up a write that it had told to be committed or applied. */
  discarded(write: Pick<LogEntry, 'operation' | 'key' | 'epoch' | 'lsn'>): void {
    this.recorder.discarded(this.id, write);
  }

  /** Tells the observer that two concurrent writes of a key met here; see `Reconciliation`. */
  reconciled(meeting: Omit<Reconciliation, 'replica' | 'atMs'>): void {
    this.recorder.reconciled(this.id, meeting);
  }

  /** Tells the observer that this node believes from now on that it leads that shard, in that epoch. */
  beganToLead(epoch: number, shard = 0): void {
    this.recorder.leadership('BEGAN', { node: this.id, epoch, shard });
  }

  /** Tells the observer that this node, which is up, does not believe it any more. */
  endedToLead(epoch: number, shard = 0): void {
    this.recorder.leadership('ENDED', { node: this.id, epoch, shard });
  }

  /**
   * This node says that the leader of an epoch is dead. What that leader really was, and who could speak with it, is kept of
   * the first such word, for the reader of the failover that may follow.
   */
  declaredDead(leader: DeadLeader): void {
    this.recorder.declaredDead(leader);
  }

  /** Tells the observer that this node has taken over from a leader that was declared dead. */
  tookOver(takeover: Omit<Takeover, 'newLeader'>): void {
    this.recorder.tookOver(this.id, takeover);
  }

  /** Tells the observer of something that its reader will ask for. */
  noticed(notice: Omit<Notice, 'node' | 'atMs'>): void {
    this.recorder.noticed(this.id, notice);
  }

  /** Tells the observer that this replica took over a state as a whole, up to that version. */
  copied(version: Pick<LogEntry, 'epoch' | 'lsn'>, shard = 0): void {
    this.recorder.copied(this.id, version, shard);
  }

  /** Tells the observer how this replica, which had been down, became live again. */
  recovered(recovery: Omit<FollowerRecovery, 'replica'>): void {
    this.recorder.recovered({ replica: this.id, ...recovery });
  }

  /** Tells the observer that this replica, restarted, has all it had missed. */
  caughtUp(): void {
    this.recorder.fault('CAUGHT_UP', this.id);
  }

  /**
   * Tells whoever traces the run that something the node believes has changed; it costs nothing if nobody does. Give
   * constants and numbers: nothing is to be composed for a reader that is not there.
   *
   * @param about the node it is about, if it is about one
   */
  stateChanged(name: string, value: string | number, about: number | null = null): void {
    if (this.tracer !== null)
      this.tracer.stateChanged({ node: this.id, name, value, about, atMs: this.queue.now });
  }
}
