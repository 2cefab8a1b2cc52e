import type { FaultEvent, FinalState } from '../model/observer';
import type { Operation } from '../model/operation';
import type { Value } from '../model/value';
import type { LogEntry } from './message';

/** What a record tells: the lowest four bits of its first word. */
const enum Told {
  Arrived = 1,
  Invoked,
  Ended,
  Committed,
  Applied,
  Fault,
  Stopped,
  State,
  Settled,
}

/** A flag of the first word: a time follows. Without it the time is that of the record before. */
const LATER = 16;
/** Where the facts begin that share the first word. */
const FACTS = 5;

/** What only the end of a run knows. */
export interface RunTotals {
  readonly atMs: number;
  readonly events: number;
  readonly messages: number;
  readonly bytes: number;
}

/** Words that wait to be mixed in, in stripes of four. */
const WORDS = 512;
const STRIPE = 4;
/** Nothing is told by these: what was told last gets the turns that what was told before had. */
const LAST_PAIRS = 4 * STRIPE;
/** More than a record of fixed length has. */
const RECORD_WORDS_MAX = 16;
/** Which of the two words of a double holds its sign is the machine's; it goes second. */
const SECOND = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
const FIRST = 1 - SECOND;

/**
 * A rolling hash, 128 bits, over everything that an observer may be told of a run, in its order: two runs of which one
 * recorded fact differs have different hashes, but for a chance of about 2^−128. It is no defence against forgery.
 *
 * Every record is written in 32-bit words; its first one says how many follow, so no two sequences of records are written
 * alike. Times are written by their exact bits, unless the record before has the same one. The words are mixed in bulk: that is
 * a loop without a call. A stripe of four goes through the rounds of XXH32 (Collet 2012), whose four lanes run side by
 * side in the processor. There each lane stands alone to the end; here every stripe also adds each lane to its neighbour
 * and turns the lanes, so that a difference in one reaches all 128 bits. With given words a stripe is a permutation of
 * the state, and with a given state no two words do the same to it.
 */
export class RunHash {
  private lane0 = 0x243f6a88;
  private lane1 = 0x85a308d3 | 0;
  private lane2 = 0x13198a2e;
  private lane3 = 0x03707344;
  private toldMs = -Infinity;
  private written = 0;
  private readonly words = new Int32Array(WORDS);
  private readonly doubles = new Float64Array(this.words.buffer);

  operationArrived({ id, kind, session, client, key }: Operation, nowMs: number): void {
    const isRead = kind === 'READ' ? 1 : 0;
    this.begin(Told.Arrived | (isRead << FACTS) | (client << (FACTS + 1)), id, nowMs);
    this.pair(session, key);
  }

  operationInvoked({ id }: Operation, nowMs: number): void {
    this.begin(Told.Invoked, id, nowMs);
  }

  /** Of the rest it was told when it arrived. */
  operationEnded({ id, outcome, node, version }: Operation, nowMs: number): void {
    const outcomeCode = outcome === 'OK' ? 0 : outcome === 'FAILED' ? 1 : 2;
    const hasVersion = version === null ? 0 : 4;
    const answeredBy = node === null ? 0 : node + 1;
    const facts = outcomeCode | hasVersion | (answeredBy << 3);
    this.begin(Told.Ended | (facts << FACTS), id, nowMs);
    if (version !== null) this.pair(version.epoch, version.lsn);
  }

  committed(node: number, { operation, key, epoch, lsn, effect, operand }: LogEntry, nowMs: number): void {
    this.begin(Told.Committed | (effect << FACTS) | (node << (FACTS + 4)), operation, nowMs);
    this.pair(key, lsn);
    this.pair(epoch, operand);
  }

  applied(replica: number, operation: number, nowMs: number): void {
    this.begin(Told.Applied | (replica << FACTS), operation, nowMs);
  }

  fault({ kind, atMs, nodes, text }: FaultEvent): void {
    this.begin(Told.Fault | (text.length << FACTS), nodes.length, atMs);
    for (const node of nodes) this.begin(Told.Fault, node, atMs);
    for (const part of [kind, ...text]) this.text(part);
  }

  clientsStopped(atMs: number): void {
    this.begin(Told.Stopped, 0, atMs);
  }

  /** What a node holds at the end, by key, from 0. */
  finalState(state: FinalState, keys: number): void {
    this.begin(Told.State, state.node, this.toldMs);
    this.double(state.logBytes ?? -1);
    for (let key = 0; key < keys; key++) {
      const version = state.versionOf(key);
      if (version === null) continue;
      this.begin(Told.State, key, this.toldMs);
      this.pair(version.epoch, version.lsn);
      this.value(state.valueFor(key));
    }
    this.begin(Told.State, keys, this.toldMs);
  }

  /** The end: 32 hexadecimal digits. */
  sealed({ atMs, events, messages, bytes }: RunTotals): string {
    this.begin(Told.Settled, 0, atMs);
    for (const total of [events, messages, bytes]) this.double(total);
    for (let turn = 0; turn < LAST_PAIRS; turn++) this.begin(0, 0, this.toldMs);
    this.mix();
    return [this.lane0, this.lane1, this.lane2, this.lane3].map(digits).join('');
  }

  private value(value: Value): void {
    if (value === null) this.pair(0, 0);
    else if (typeof value === 'number') {
      this.pair(1, 0);
      this.double(value);
    } else {
      this.pair(2, value.length);
      for (const item of value) this.begin(Told.State, item, this.toldMs);
    }
  }

  private text(text: string): void {
    this.begin(Told.Fault, text.length, this.toldMs);
    for (let index = 0; index < text.length; index++)
      this.begin(Told.Fault, text.charCodeAt(index), this.toldMs);
  }

  /** Begins a record, or goes on with one of any length, and makes room for the rest. */
  private begin(head: number, subject: number, atMs: number): void {
    if (this.written > WORDS - RECORD_WORDS_MAX) this.mix();
    if (atMs === this.toldMs) this.pair(head, subject);
    else {
      this.pair(head | LATER, subject);
      this.double(atMs);
      this.toldMs = atMs;
    }
  }

  private pair(first: number, second: number): void {
    const { words, written } = this;
    words[written + FIRST] = first;
    words[written + SECOND] = second;
    this.written = written + 2;
  }

  private double(value: number): void {
    const { written } = this;
    this.doubles[written >> 1] = value;
    this.written = written + 2;
  }

  /** Of an odd number of pairs the last one waits for the next. */
  private mix(): void {
    const { words, written } = this;
    const end = written & -STRIPE;
    let { lane0, lane1, lane2, lane3 } = this;
    for (let at = 0; at < end; at += STRIPE) {
      const next0 = (round(lane0, words[at + FIRST]) + lane1) | 0;
      const next1 = (round(lane1, words[at + SECOND]) + lane2) | 0;
      const next2 = (round(lane2, words[at + 2 + FIRST]) + lane3) | 0;
      lane0 = round(lane3, words[at + 2 + SECOND]);
      lane1 = next0;
      lane2 = next1;
      lane3 = next2;
    }
    this.lane0 = lane0;
    this.lane1 = lane1;
    this.lane2 = lane2;
    this.lane3 = lane3;
    words.copyWithin(0, end, written);
    this.written = written - end;
  }
}

/** XXH32's: the two odd constants are its PRIME32_2 and PRIME32_1. */
function round(lane: number, word: number): number {
  const sum = (lane + Math.imul(word, -2048144777)) | 0;
  return Math.imul((sum << 13) | (sum >>> 19), -1640531535);
}

/** The last mixing of XXH32, and eight digits. */
function digits(lane: number): string {
  let mixed = Math.imul(lane ^ (lane >>> 15), -2048144777);
  mixed = Math.imul(mixed ^ (mixed >>> 13), -1028477379);
  return ((mixed ^ (mixed >>> 16)) >>> 0).toString(16).padStart(8, '0');
}
