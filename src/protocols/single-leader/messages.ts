import type { Message } from '../../engine/message';
import type { Vocabulary } from '../../engine/vocabulary';
import type { EpochStart } from './log/epoch-history';
import type { TableCopy } from './log/table';

/**
 * The messages of a single leader, by the way they take: the log and what belongs to it on ordered streams, signs of life and
 * elections as messages that stand for themselves.
 */
export const Kind = {
  /** Upstream → follower, stream: one entry, as soon as it is flushed. */
  Append: 0,
  /** Upstream → follower, stream: a batch of entries of a catch-up. */
  Entries: 1,
  /** Leader → everybody, stream: I lead in this epoch. */
  Lead: 2,
  /** Follower → upstream, stream: here my log ends; send what follows. */
  Connect: 3,
  /** Follower → upstream, stream: written, flushed, applied up to this position. */
  Written: 4,
  Flushed: 5,
  Applied: 6,
  /** Upstream → follower, stream: our logs part behind this position. */
  Diverged: 7,
  /** Upstream → follower, stream: what follows your position is not kept any more; so many bytes of data would replace it. */
  NeedsCopy: 8,
  /** Upstream → follower, stream: my log is of another version of the software than yours. */
  Incompatible: 9,
  /** Follower → upstream, stream: copy all to me, or what I had changed. */
  AskCopy: 10,
  /** Upstream → follower, stream: the copy. */
  Copy: 11,
  /** Leader → everybody: a sign of life, with the end of its log and what its clock shows. */
  Heartbeat: 12,
  /** Anybody → whoever leads or believes in an old epoch: there is a newer one. */
  Outdated: 13,
  /** Follower → others: the leader is dead; how far are you? */
  Poll: 14,
  Standing: 15,
  /** Follower → the best of those who answered: it is for you to take over. */
  Nominate: 16,
  /** Candidate → others: promise me to follow no older epoch. */
  Propose: 17,
  Promise: 18,
  /** Leader → clients, stream: I lead in this epoch; your operations are for me. */
  Moved: 19,
  /** Follower → client: I am too far behind for your read, go to the leader. */
  TooFarBehind: 20,
  /** A node to itself: the work of applying the next entry, of showing a sign of life. */
  Apply: 21,
  Beat: 22,
  /** Another follower → follower, stream: I cannot send what you lack; get it from the leader. */
  AskLeader: 23,
  /** Follower → upstream that it leaves, stream: send nothing to me, and keep nothing for me. */
  Disconnect: 24,
  /** A node to itself, after a restart: the work of reading where its log ends. */
  FindPosition: 25,
} as const;

/** The kinds of timers. */
export const TimerKind = {
  /** The next sign of life is due. */
  Heartbeat: 0,
  /** The leader was silent for too long. */
  Silence: 1,
  /** The election goes on, with whoever has answered. */
  Election: 2,
  /** The chosen one leads from now on. */
  Promotion: 3,
  /** The power of the old leader is off from now on. */
  Fence: 4,
  /** Clients learn where the leader is. */
  Redirection: 5,
  /** An old leader that nobody fences has heard of another one for long enough. */
  StepDown: 6,
  /** The oldest write has waited for followers for too long. */
  SemiSync: 7,
  /** A copy is made; the subject is the follower that it is for. */
  Copied: 8,
  /** The read that waits longest has waited for too long. */
  Patience: 9,
} as const;

export type Append = Pick<
  Message,
  'from' | 'epoch' | 'lsn' | 'key' | 'operation' | 'effect' | 'operand' | 'timestampMs' | 'cause'
>;
/**
 * Answers to what a follower has asked say in `session` to which of its questions: a stream may hold back what a node sent when
 * it last led until it leads again.
 */
export type Answering = Pick<Message, 'from' | 'session'>;
export type Entries = Answering & Pick<Message, 'entries' | 'target'>;
export type Lead = Pick<Message, 'from' | 'epoch'>;
export type Position = Pick<Message, 'from' | 'lsn'>;
export type Diverged = Answering & Pick<Message, 'lsn'>;
export type NeedsCopy = Answering & Pick<Message, 'target'>;
export type Heartbeat = Pick<Message, 'from' | 'epoch' | 'lsn' | 'timestampMs'>;
/** What the sender knows: `target` leads in `epoch`; −1 while it only has promised that epoch to somebody. */
export type Outdated = Pick<Message, 'from' | 'epoch' | 'target'>;
export type About<Attachment extends object> = Pick<Message, 'from'> & { readonly attachment: Attachment };

/** A read: besides what every read has, what its session must be shown. An LSN of 0 asks for nothing. */
export type DemandingRead = Pick<
  Message,
  'from' | 'operation' | 'session' | 'key' | 'effect' | 'operand' | 'target' | 'epoch' | 'lsn' | 'timestampMs'
>;
/** A write, with the one that it answers. */
export type DemandingWrite = Pick<
  Message,
  'from' | 'operation' | 'session' | 'key' | 'effect' | 'operand' | 'cause'
>;
/** `DemandingRead.target`: whom it is for. */
export const Demand = { Anybody: 0, Leader: 1 } as const;

/** Of Connect. */
export interface FollowerOutline {
  /** Its number among the follower's questions. */
  readonly question: number;
  readonly starts: readonly EpochStart[];
  readonly end: number;
  readonly flushed: number;
  readonly applied: number;
  readonly softwareVersion: number;
}

/** Of AskCopy. */
export interface CopyRequest {
  readonly question: number;
  /** Null: all. */
  readonly keys: readonly number[] | null;
}

/** Of Copy. */
export interface CopyAnswer {
  readonly table: TableCopy;
  /** What the copy has applied, and the epochs of that log. */
  readonly lsn: number;
  readonly epochs: readonly EpochStart[];
  readonly bytes: number;
}

/** Who leads, as a node knows it. */
export interface Leadership {
  readonly epoch: number;
  readonly leader: number;
}

/** Of Standing: how a node stands in an election. */
export interface Standing {
  readonly known: Leadership;
  /** The newest epoch that it has promised to follow. */
  readonly promised: number;
  /** Epoch and LSN of the last entry of its log. */
  readonly lastEpoch: number;
  readonly end: number;
  /** It still hears the leader. */
  readonly hearsLeader: boolean;
  /** It can apply all of its log. */
  readonly isEligible: boolean;
}

/** Of Nominate, and of Propose. */
export interface Proposal {
  /** The epoch to be; of Nominate any number. */
  readonly epoch: number;
  readonly view: Leadership;
}

/** Of Promise. */
export interface PromiseAnswer {
  /** The epoch that was proposed. */
  readonly epoch: number;
  readonly isGranted: boolean;
  readonly promised: number;
  readonly lastEpoch: number;
  readonly end: number;
}

/** The same for the readers of a trace, by kind. */
export const VOCABULARY: Vocabulary = {
  messages: [
    { name: 'APPEND', carries: ['epoch', 'lsn', 'key', 'operation'] satisfies (keyof Append)[] },
    { name: 'ENTRIES', carries: ['entries', 'target'] satisfies (keyof Entries)[] },
    { name: 'LEAD', carries: [] },
    { name: 'CONNECT', carries: ['lsn'] },
    { name: 'WRITTEN', carries: ['lsn'] satisfies (keyof Position)[] },
    { name: 'FLUSHED', carries: ['lsn'] satisfies (keyof Position)[] },
    { name: 'APPLIED', carries: ['lsn'] satisfies (keyof Position)[] },
    { name: 'DIVERGED', carries: ['lsn'] satisfies (keyof Diverged)[] },
    { name: 'NEEDS_COPY', carries: [] },
    { name: 'INCOMPATIBLE', carries: [] },
    { name: 'ASK_COPY', carries: [] },
    { name: 'COPY', carries: [] },
    { name: 'HEARTBEAT', carries: ['lsn'] satisfies (keyof Heartbeat)[] },
    { name: 'OUTDATED', carries: [] },
    { name: 'POLL', carries: [] },
    { name: 'STANDING', carries: [] },
    { name: 'NOMINATE', carries: [] },
    { name: 'PROPOSE', carries: [] },
    { name: 'PROMISE', carries: [] },
    { name: 'MOVED', carries: [] },
    { name: 'TOO_FAR_BEHIND', carries: ['operation'] },
    { name: 'APPLY', carries: ['lsn'] },
    { name: 'BEAT', carries: [] },
    { name: 'ASK_LEADER', carries: [] },
    { name: 'DISCONNECT', carries: [] },
    { name: 'FIND_POSITION', carries: [] },
  ],
  timers: [
    'HEARTBEAT_DUE',
    'LEADER_SILENT',
    'ELECTION',
    'PROMOTION',
    'FENCE',
    'REDIRECTION',
    'STEP_DOWN',
    'SEMI_SYNC_TIMEOUT',
    'COPIED',
    'PATIENCE',
  ],
};

/** Entries of one batch of a catch-up; the next one is sent when the last is flushed. */
export const ENTRIES_PER_BATCH = 256;

/** Of the leader that a run begins with. */
export const FIRST_EPOCH = 1;
