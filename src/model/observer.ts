import type { Operation, WriteEffect } from './operation';
import type { Value } from './value';
import type { Version } from './version';

/** What is known of a run before it starts; indexes in events refer to these lists. */
export interface RunOutline {
  readonly repetition: number;
  /** Names of the nodes that hold data, by node index. */
  readonly nodes: readonly string[];
  /** Datacenter of each client group, by client index; null in a cluster without datacenters. */
  readonly clientDatacenters: readonly (string | null)[];
  readonly sessions: number;
  readonly keys: number;
  readonly durationMs: number;
  /** In words, for witnesses: the name of a key, and of a session. */
  readonly keyName: (key: number) => string;
  /**
   * The workload sends reads at few, chosen delays after an acknowledgement (a probe): their t-visibility is counted by
   * the exact delay. Left out otherwise.
   */
  readonly readsAtChosenDelays?: boolean;
  /**
   * PARTIAL: versions of a key may be concurrent, or have no number (`numberOf`); left out, they are those of a log, totally
   * ordered.
   */
  readonly versionOrder?: 'TOTAL' | 'PARTIAL';
  /** Writes may name another one that they answer; left out, none does. */
  readonly hasCauses?: boolean;
  /** Writes may delete; left out, none does. */
  readonly hasDeletes?: boolean;
  /** What must hold of the values; left out, nothing must. */
  readonly invariants?: readonly ValueInvariant[];
  /** Which of the independent groups of replicas holds a key, from 0; left out, there is one. */
  readonly shardOf?: (key: number) => number;
  /** Writes that the leader's log has from before the run, and that count as acknowledged; left out, none. */
  readonly initialWrites?: number;
}

/** A stated bound: the value of a key, or of every key, is a number not below `min`. */
export interface ValueInvariant {
  /** Null: every key. */
  readonly key: number | null;
  readonly min: number;
}

/** An operation as an observer hears of it; of a read, `effect`, `operand` and `cause` say nothing. */
export interface ObservedOperation extends Operation, WriteEffect {
  /** What a read returned; null for a key that holds nothing, for a write, and while it is not known. */
  readonly value: Value;
  /** The id of the write whose version a read returned, or that a write is; null for a key never written. */
  readonly writer: number | null;
  /**
   * While it is under way, sent and not ended, a number that no other operation under way has: from 0, below the number of
   * sessions, the lowest ones used most. So what is remembered of operations under way lies close together. `NEVER_SENT` if
   * it ends without having been sent.
   */
  readonly place: number;
}

/** The place of an operation that waited at its session until the end. */
export const NEVER_SENT = -1;

/** A write that became part of the accepting node's local, durable state. */
export interface Commit {
  readonly operation: number;
  readonly key: number;
  readonly version: Version;
  readonly node: number;
  readonly atMs: number;
  /** Its operation arrived in [0, durationMs): its lag is measured. */
  readonly measured: boolean;
}

/** A node gave up a write for good that it had committed or applied: a tail that was cut off, or what a crash took. */
export interface Discard extends WriteId {
  readonly node: number;
  readonly atMs: number;
}

/** Two concurrent writes of a key met at a replica. */
export interface Reconciliation {
  readonly replica: number;
  readonly key: number;
  /** Their operations, in any order. */
  readonly operations: readonly [number, number];
  /** The one of them whose effect is no more, without a word to its client; null if both live on. */
  readonly dropped: number | null;
  readonly atMs: number;
}

/** A node began to believe that it leads a shard, or ended to. A crash ends it without a word. */
export interface LeadershipEvent {
  readonly kind: 'BEGAN' | 'ENDED';
  readonly node: number;
  readonly shard: number;
  /** The higher is newer. */
  readonly epoch: number;
  readonly atMs: number;
}

/** A node took over the lead of a shard from another. */
export interface Failover {
  readonly oldLeader: number;
  readonly newLeader: number;
  readonly shard: number;
  /** The epochs of the two. */
  readonly oldEpoch: number;
  readonly epoch: number;
  /** When the old leader was first declared dead, when its successor was chosen, and when that began to lead. */
  readonly detectedAtMs: number;
  readonly electedAtMs: number;
  readonly atMs: number;
  /** What the old leader really was when it was declared dead. */
  readonly condition: 'RUNNING' | 'PAUSED' | 'DOWN';
  /** How many of the cluster's nodes, itself included, could hear the old leader and be heard by it then. */
  readonly reachedNodes: number;
}

export const NOTICE_KINDS = [
  /** `node` heard nothing of `about` for too long, and says that it is dead. */
  'DECLARED_DEAD',
  /** `node` was chosen to follow `about` as the leader. */
  'ELECTED',
  /** `node` leads from now on, in the epoch of the figure. */
  'BEGAN_TO_LEAD',
  /** `node` gave up the lead, for it heard of `about`, which leads in the epoch of the figure. */
  'STEPPED_DOWN',
  /** `node` cut off the power of `about`. */
  'CUT_POWER',
  /** `node` threw away the tail of its log: figures are the first and the last LSN. */
  'TAIL_DISCARDED',
  /** The leader `node` does not wait for followers any more (rpl_semi_sync_source_timeout), and does again. */
  'SEMI_SYNC_OFF',
  'SEMI_SYNC_ON',
  /** `node` asked `about` for a copy of the figure's bytes: of all data, or of what it had changed; and has it. */
  'FULL_COPY_BEGAN',
  'FULL_COPY_ENDED',
  'REWIND_BEGAN',
  'REWIND_ENDED',
  /** `node` cannot apply the log of `about`, which runs another version; and can again. */
  'INCOMPATIBLE',
  'COMPATIBLE',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What a protocol did that the reader of a result will ask for. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly node: number;
  /** Another node; null if it is about none. */
  readonly about: number | null;
  /** As the kind says. */
  readonly figures: readonly number[];
  readonly shard: number;
  readonly atMs: number;
}

/** A replica took over another one's state as a whole: with it every write up to that version. */
export interface CopiedState {
  readonly replica: number;
  readonly shard: number;
  readonly version: Version;
  readonly atMs: number;
}

/** How far a follower is, as `pg_stat_replication` shows it: LSNs that its upstream knows of, 0 before the first. */
export interface ReplicaPosition {
  readonly node: number;
  /** Whom it gets its log from. */
  readonly upstream: number;
  readonly sentLsn: number;
  readonly writeLsn: number;
  readonly flushLsn: number;
  readonly replayLsn: number;
  /** Where the leader's own log ends. */
  readonly leaderLsn: number;
  /** Bytes of log that the leader has and the replica has not replayed. */
  readonly lagBytes: number;
  /** Age of the oldest write that the leader has committed and the replica has not applied; 0 if there is none. */
  readonly lagMs: number;
}

/** The positions of all followers, and what the nodes' logs take, at one moment; taken at regular intervals. */
export interface PositionSample {
  readonly atMs: number;
  /** By follower and shard. */
  readonly replicas: readonly ReplicaPosition[];
  /** Bytes of log that each node retains, by node. */
  readonly logBytes: readonly number[];
}

/** A follower that had been down is live again; when each of its five steps was over. */
export interface FollowerRecovery {
  readonly replica: number;
  readonly shard: number;
  /** 1. It runs again. */
  readonly restartedAtMs: number;
  /** 2. It knows where its log ends. */
  readonly positionKnownAtMs: number;
  /** 3. What it asked for began to come: log, or a copy. */
  readonly answeredAtMs: number;
  /** 4. It has applied what the leader had when that began. */
  readonly caughtUpAtMs: number;
  /** 5. It is on the live stream, and has applied all that was sent before. */
  readonly liveAtMs: number;
  readonly entries: number;
  /** Bytes of a full copy or a rewind; 0 if the log sufficed. */
  readonly copiedBytes: number;
}

/** A write as a replica knows it; one from before the run has the operation −LSN. */
export interface WriteId {
  readonly operation: number;
  readonly key: number;
  readonly version: Version;
}

/** What a replica holds at the end. */
export interface FinalState {
  readonly node: number;
  /** Whether the write is in its log or among those that it applied, overwritten or not. */
  holds(write: WriteId): boolean;
  /** Null where the key is absent; good until the next call. */
  versionOf(key: number): Version | null;
  /** Null where the key holds nothing. */
  valueFor(key: number): Value;
  /** Bytes of its log that it retains, at least 0; left out by protocols that keep none or do not tell. */
  readonly logBytes?: number;
}

export const FAULT_KINDS = [
  'CRASH',
  'UPGRADE',
  'FENCED',
  'RESTART',
  'CAUGHT_UP',
  'PAUSE',
  'RESUME',
  'PARTITION',
  'HEAL',
  'SLOW_LINK',
  'LOSSY_LINK',
  'LINK_RESTORED',
  'SLOW_DISK',
  'DISK_RESTORED',
  'CLOCK_SKEW',
  'CLOCK_CORRECTED',
  'DATACENTER_OUTAGE',
  'DATACENTER_RESTORED',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault that changed something, or its end. */
export interface FaultEvent {
  readonly kind: FaultKind;
  readonly atMs: number;
  /** The nodes it happened to: those that an outage took down or gave back; none where it happened to links. */
  readonly nodes: readonly number[];
  /** What else its sentence needs, in words (`experiments/run/fault-sentences.ts`): a link, the sides, a factor. */
  readonly text: readonly string[];
}

/**
 * The port through which the engine tells what happens; measurements and checkers implement it.
 *
 * Calls come in the order of simulated time. An object handed over may be used again by the engine: copy what you keep.
 */
export interface Observer {
  /** A session sent the operation (`invokedAtMs`); outcome, completion and version are not yet known. */
  operationInvoked(operation: ObservedOperation): void;
  /** The operation ended; at the end of settle, whatever is still open ends as UNKNOWN. */
  operationEnded(operation: ObservedOperation): void;
  committed(commit: Commit): void;
  /** A replica other than the committing node applied the write of that operation. */
  applied(replica: number, operation: number, atMs: number): void;
  discarded(discard: Discard): void;
  reconciled(reconciliation: Reconciliation): void;
  leadership(event: LeadershipEvent): void;
  failedOver(failover: Failover): void;
  noticed(notice: Notice): void;
  /** It comes in place of an `applied` for each of the writes. */
  copied(state: CopiedState): void;
  recovered(recovery: FollowerRecovery): void;
  positions(sample: PositionSample): void;
  fault(event: FaultEvent): void;
  /** Clients have stopped, faults are healed; settle begins. */
  clientsStopped(atMs: number): void;
  /**
   * The world is quiet, or settle ran out of time. The last call.
   *
   * @param isCutOff the run ended before: what replicas hold is what they held in the middle of it
   */
  settled(atMs: number, states: readonly FinalState[], isCutOff: boolean): void;
}
