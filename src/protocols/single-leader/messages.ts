import type { Message } from '../../engine/message';
import type { Vocabulary } from '../../engine/vocabulary';

/** The messages between leader and followers; all of them travel on ordered streams. */
export const Kind = {
  /** Leader → follower: one entry, as soon as it is flushed. */
  Append: 0,
  /** Leader → follower: a batch of entries of a catch-up. */
  Entries: 1,
  /** Leader → follower, after the leader's restart: how far have you got? */
  AskPosition: 2,
  /** Follower → leader: stream to me what follows this position. */
  Connect: 3,
  /** Follower → leader: flushed up to this position. */
  Flushed: 4,
} as const;

export type Append = Pick<Message, 'epoch' | 'lsn' | 'key' | 'operation' | 'effect' | 'operand'>;
export type Entries = Pick<Message, 'entries' | 'target'>;
export type Connect = Pick<Message, 'from' | 'lsn'>;
export type Flushed = Pick<Message, 'from' | 'lsn'>;

/** The same for the readers of a trace, by kind; neither leader nor follower sets a timer. */
export const VOCABULARY: Vocabulary = {
  messages: [
    { name: 'APPEND', carries: ['epoch', 'lsn', 'key', 'operation'] satisfies (keyof Append)[] },
    { name: 'ENTRIES', carries: ['entries', 'target'] satisfies (keyof Entries)[] },
    { name: 'ASK_POSITION', carries: [] },
    { name: 'CONNECT', carries: ['lsn'] satisfies (keyof Connect)[] },
    { name: 'FLUSHED', carries: ['lsn'] satisfies (keyof Flushed)[] },
  ],
  timers: [],
};

/** Entries of one batch of a catch-up; the next one is sent when the last is flushed. */
export const ENTRIES_PER_BATCH = 256;

/** There is no failover, so there is one epoch. */
export const EPOCH = 1;
