import type {
  FaultEvent,
  FaultKind,
  FinalState,
  FollowerRecovery,
  LeadershipEvent,
  Notice,
  ObservedOperation,
  Observer,
  PositionSample,
  Reconciliation,
} from '../model/observer';
import type { Operation } from '../model/operation';
import type { LogVersion } from '../model/version';
import type { EventQueue } from './event-queue';
import type { DeadLeader, FailoverWatch, Takeover } from './failover-watch';
import type { LogEntry } from './message';
import { RunHash } from './run-hash';

/** Tells the observer what happens, and when; nothing in the run depends on it. */
export class Recorder {
  /** Operations that have ended. */
  ended = 0;
  /** Of everything that is told. */
  readonly hash = new RunHash();
  /** Ids count arrivals, so all operations from this one on arrived at 0 or later. */
  private firstMeasured = Infinity;
  /** Used again for every commit: an observer copies what it keeps. */
  private readonly commit = {
    operation: 0,
    key: 0,
    version: { epoch: 0, lsn: 0 },
    node: 0,
    atMs: 0.5,
    measured: false,
  };

  constructor(
    private readonly observer: Observer,
    private readonly queue: EventQueue,
    private readonly failovers: FailoverWatch,
  ) {}

  operationArrived(operation: Operation): void {
    const { id, arrivedAtMs } = operation;
    this.hash.operationArrived(operation, this.queue.now);
    if (arrivedAtMs >= 0 && id < this.firstMeasured) this.firstMeasured = id;
  }

  operationInvoked(operation: ObservedOperation): void {
    this.hash.operationInvoked(operation, this.queue.now);
    this.observer.operationInvoked(operation);
  }

  operationEnded(operation: ObservedOperation): void {
    this.ended++;
    this.hash.operationEnded(operation, this.queue.now);
    this.observer.operationEnded(operation);
  }

  committed(node: number, entry: LogEntry): void {
    const { commit } = this;
    commit.operation = entry.operation;
    commit.key = entry.key;
    commit.version.epoch = entry.epoch;
    commit.version.lsn = entry.lsn;
    commit.node = node;
    commit.atMs = this.queue.now;
    commit.measured = entry.operation >= this.firstMeasured;
    this.hash.committed(node, entry, commit.atMs);
    this.observer.committed(commit);
  }

  applied(replica: number, entry: LogEntry): void {
    this.hash.applied(replica, entry.operation, this.queue.now);
    this.observer.applied(replica, entry.operation, this.queue.now);
  }

  discarded(
    node: number,
    { operation, key, epoch, lsn }: Pick<LogEntry, 'operation' | 'key' | 'epoch' | 'lsn'>,
  ): void {
    const discard = { node, operation, key, version: { epoch, lsn }, atMs: this.queue.now };
    this.hash.discarded(discard);
    this.observer.discarded(discard);
  }

  reconciled(replica: number, meeting: Omit<Reconciliation, 'replica' | 'atMs'>): void {
    const reconciliation = { ...meeting, replica, atMs: this.queue.now };
    this.hash.reconciled(reconciliation);
    this.observer.reconciled(reconciliation);
  }

  leadership(kind: LeadershipEvent['kind'], leader: Pick<LeadershipEvent, 'node' | 'epoch' | 'shard'>): void {
    const event = { kind, ...leader, atMs: this.queue.now };
    this.hash.leadership(event);
    this.observer.leadership(event);
  }

  noticed(node: number, { kind, about, figures, shard }: Omit<Notice, 'node' | 'atMs'>): void {
    const notice = { kind, node, about, figures, shard, atMs: this.queue.now };
    this.hash.noticed(notice);
    this.observer.noticed(notice);
  }

  copied(replica: number, { epoch, lsn }: LogVersion, shard: number): void {
    const state = { replica, shard, version: { epoch, lsn }, atMs: this.queue.now };
    this.hash.copied(state);
    this.observer.copied(state);
  }

  recovered(recovery: FollowerRecovery): void {
    this.hash.recovered(recovery);
    this.observer.recovered(recovery);
  }

  positions(sample: Omit<PositionSample, 'atMs'>): void {
    const positions = { ...sample, atMs: this.queue.now };
    this.hash.positions(positions);
    this.observer.positions(positions);
  }

  declaredDead(leader: DeadLeader): void {
    this.failovers.declaredDead(leader);
  }

  tookOver(newLeader: number, takeover: Omit<Takeover, 'newLeader'>): void {
    const failover = this.failovers.tookOver({ ...takeover, newLeader });
    this.hash.failedOver(failover);
    this.observer.failedOver(failover);
  }

  /** Something befell one node, and there is no more to say. */
  fault(kind: FaultKind, node: number): void {
    this.tell({ kind, nodes: [node], text: [] });
  }

  tell({ kind, nodes, text }: Omit<FaultEvent, 'atMs'>): void {
    const event = { kind, atMs: this.queue.now, nodes, text };
    this.hash.fault(event);
    this.observer.fault(event);
  }

  clientsStopped(): void {
    this.hash.clientsStopped(this.queue.now);
    this.observer.clientsStopped(this.queue.now);
  }

  settled(states: readonly FinalState[], isCutOff: boolean): void {
    this.observer.settled(this.queue.now, states, isCutOff);
  }
}
