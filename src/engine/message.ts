import type { Timer } from './timer';

/** Where an event stands on its way: what its endpoint does with it. */
export const enum Phase {
  /** A message on the network, about to arrive. */
  Travelling,
  /** A message that arrived at a node while that stood still. */
  Arrived,
  /** A message whose service at the node is over. */
  Served,
  /** An alarm that an endpoint set for itself. */
  Alarm,
  /** An alarm that came up at a node while that stood still. */
  Missed,
  /** A flush of the disk that is over. */
  Flushed,
}

/** The kinds of message between clients and nodes. The kinds of a protocol's own messages count from 0. */
export const ClientMessage = { Read: -1, Write: -2, Answer: -3, Refusal: -4 } as const;

/** A write as a log holds it; plain and immutable, so many messages may share it. */
export interface LogEntry {
  readonly epoch: number;
  /** Log sequence number, from 1. */
  readonly lsn: number;
  readonly key: number;
  /** The id of the operation that wrote it. */
  readonly operation: number;
  /** What it does to the value: an index in `EFFECTS`, and its operand. */
  readonly effect: number;
  readonly operand: number;
  /** When it was written, by the clock of the node that accepted it, in ms. */
  readonly timestampMs: number;
  /** The write that it answers, where causes are tracked; null otherwise. */
  readonly cause: Cause | null;
}

/** A write of another log that must be seen before one that answers it. */
export interface Cause {
  readonly shard: number;
  readonly epoch: number;
  readonly lsn: number;
}

/**
 * Whatever waits in the event queue: a message between two endpoints, or something an endpoint has ahead of it.
 *
 * One class for all kinds and all protocols, pooled and used again: the machine code that moves events then meets one
 * shape only. A protocol sees a message through the view of its kind (`Pick<Message, …>`) and only until its handler
 * returns. Whoever sends one assigns every field of its view: the others hold what the last use left.
 */
export class Message {
  /**
   * The engine's own: when it leaves the queue, who is behind it in its chain, what to do with it then, and the lives of the
   * endpoints it belongs to. What every event needs comes first: it shares a line of the processor's cache.
   */
  time = 0.5;
  next: Message | null = null;
  phase = Phase.Travelling;
  senderLife = 0;
  receiverLife = 0;
  timer: Timer | null = null;
  /** Nobody waits for it: the world may come to rest although it is under way. */
  isBackground = false;

  kind = 0;
  /** Endpoints: nodes by their index, then client groups. */
  to = 0;
  from = 0;
  /** How many service times it costs the node that takes it; 0 is handled as it arrives, and parts count. `send` says 1. */
  work = 1;
  operation = 0;
  session = 0;
  key = 0;
  /** Of a write: what it does to the value of the key, an index in `EFFECTS`, and its operand. */
  effect = 0;
  operand = 0;
  /** With the LSN, a version; an LSN of 0 is no version: the key is absent. */
  epoch = 0;
  lsn = 0;
  /** What it points at: of a catch-up the LSN up to which it goes, of an answer the write whose version was read. */
  target = 0;
  entries: readonly LogEntry[] | null = null;
  /** What a clock showed, in ms: of a write when it was accepted, of a sign of life when it was sent. */
  timestampMs = 0.5;
  /** Of a stream: which of those between its two ends, each with an order of its own. Which shard a message is about. */
  channel = 0;
  /** The write that a write or an entry answers, where causes are tracked. */
  cause: Cause | null = null;
  /** Whatever else its kind carries; nobody changes it any more. */
  attachment: object | null = null;
  /** Of an answer: the items of the set that was read. */
  items: readonly number[] | null = null;

  /** Becomes a copy of another message, but for its time and its chain. */
  copy(other: Message): void {
    this.phase = other.phase;
    this.senderLife = other.senderLife;
    this.receiverLife = other.receiverLife;
    this.timer = other.timer;
    this.kind = other.kind;
    this.to = other.to;
    this.from = other.from;
    this.work = other.work;
    this.operation = other.operation;
    this.session = other.session;
    this.key = other.key;
    this.effect = other.effect;
    this.operand = other.operand;
    this.epoch = other.epoch;
    this.lsn = other.lsn;
    this.target = other.target;
    this.entries = other.entries;
    this.timestampMs = other.timestampMs;
    this.channel = other.channel;
    this.cause = other.cause;
    this.attachment = other.attachment;
    this.items = other.items;
  }
}

/** An operation of a session, as it asks for it. */
export type Request = Pick<Message, 'from' | 'operation' | 'session' | 'key' | 'effect' | 'operand'>;
/** What a session hears of its operation: the version its write became, or that it read, with the value (`Finding`). */
export type Answer = Pick<Message, 'from' | 'operation' | 'session' | 'epoch' | 'lsn'> & Finding;
/**
 * What a read found: the id of the write whose version it is, and its value. The effect tells the sort of value, whatever that
 * write did: SET a number, ADD the items of a set, DELETE that there is nothing. Of a write, nobody looks at it.
 */
export type Finding = Pick<Message, 'target' | 'effect' | 'operand' | 'items'>;
