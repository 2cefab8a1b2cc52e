import type { FaultEvent, FinalState } from '../model/observer';
import type { Operation } from '../model/operation';
import type { Value } from '../model/value';
import type { LogEntry } from './message';

/** The first word of a record: what it tells, in the lowest four bits. */
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
/** Which of the two words of a double holds its sign is the machine's; it goes second. */
const SECOND = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
const FIRST = 1 - SECOND;

/**
 * A rolling hash, 128 bits, over everything that an observer may be told of a run, in its order: two runs of which one
 * recorded fact differs have different hashes, but for a chance of about 2^−128. It is no defence against forgery.
 *
 * Every record is written in 32-bit words, its kind and its length fixed by the first, so that no two sequences of
 * records are written alike; times by their exact bits. They are mixed in bulk: that is a loop without a call. A stripe of four words goes through the rounds of XXH32
 * (Collet 2012), whose four lanes run side by side in the processor. There each lane stands alone to the end; here every
 * stripe also adds each lane to its neighbour and turns the lanes, so that a difference in one reaches all 128 bits.
 * With given words a stripe is a permutation of the state, and with a given state no two words do the same to it.
 */
export class RunHash {
  private lane0 = 0x243f6a88;
  private lane1 = 0x85a308d3 | 0;
  private lane2 = 0x13198a2e;
  private lane3 = 0x03707344;
  private written = 0;
  private readonly words = new Int32Array(WORDS);
  private readonly doubles = new Float64Array(this.words.buffer);

  operationArrived({ id, kind, session, client, key }: Operation, nowMs: number): void {
    this.double(Told.Arrived | (kind === 'READ' ? 16 : 0), id, nowMs);
    this.stripe(session, client, key, 0);
  }

  operationInvoked({ id }: Operation, nowMs: number): void {
    this.double(Told.Invoked, id, nowMs);
  }

  /** Of the rest it was told when it arrived. */
  operationEnded({ id, outcome, node, version }: Operation, nowMs: number): void {
    const outcomeCode = outcome === 'OK' ? 0 : outcome === 'FAILED' ? 1 : 2;
    const answeredBy = node === null ? 0 : node + 1;
    this.double(Told.Ended | (outcomeCode << 4), id, nowMs);
    if (version === null) this.stripe(answeredBy, 0, 0, 0);
    else this.stripe(answeredBy, 1, version.epoch, version.lsn);
  }

  committed(node: number, { operation, key, epoch, lsn, effect, operand }: LogEntry, atMs: number): void {
    this.double(Told.Committed | (effect << 4) | (node << 8), operation, atMs);
    this.stripe(key, epoch, lsn, operand);
  }

  applied(replica: number, operation: number, atMs: number): void {
    this.double(Told.Applied | (replica << 4), operation, atMs);
  }

  fault({ kind, atMs, nodes, text }: FaultEvent): void {
    this.double(Told.Fault, nodes.length, atMs);
    for (const node of nodes) this.stripe(node, 0, 0, 0);
    this.stripe(text.length, 0, 0, 0);
    for (const part of [kind, ...text]) this.text(part);
  }

  clientsStopped(atMs: number): void {
    this.double(Told.Stopped, 0, atMs);
  }

  /** What a node holds at the end, by key, from 0. */
  finalState(state: FinalState, keys: number): void {
    this.stripe(Told.State, state.node, keys, 0);
    for (let key = 0; key < keys; key++) {
      const version = state.versionOf(key);
      if (version === null) continue;
      this.stripe(key, 1, version.epoch, version.lsn);
      this.value(state.valueFor(key));
    }
    this.stripe(keys, 0, 0, 0);
  }

  /** The end: 32 hexadecimal digits. */
  sealed({ atMs, events, messages, bytes }: RunTotals): string {
    this.double(Told.Settled, 0, atMs);
    this.double(0, 0, events);
    this.double(0, 0, messages);
    this.double(0, 0, bytes);
    for (let turn = 0; turn < 8; turn++) this.stripe(0, 0, 0, 0);
    this.mix();
    return [this.lane0, this.lane1, this.lane2, this.lane3].map(digits).join('');
  }

  private value(value: Value): void {
    if (value === null) this.stripe(0, 0, 0, 0);
    else if (typeof value === 'number') this.double(1, 0, value);
    else {
      this.stripe(2, value.length, 0, 0);
      for (const item of value) this.stripe(item, 0, 0, 0);
    }
  }

  private text(text: string): void {
    this.stripe(text.length, 0, 0, 0);
    for (let index = 0; index < text.length; index++) this.stripe(text.charCodeAt(index), 0, 0, 0);
  }

  private double(head: number, subject: number, value: number): void {
    const { words, written } = this;
    words[written + FIRST] = head;
    words[written + SECOND] = subject;
    this.doubles[(written >> 1) + 1] = value;
    this.wrote();
  }

  private stripe(word0: number, word1: number, word2: number, word3: number): void {
    const { words, written } = this;
    words[written + FIRST] = word0;
    words[written + SECOND] = word1;
    words[written + 2 + FIRST] = word2;
    words[written + 2 + SECOND] = word3;
    this.wrote();
  }

  private wrote(): void {
    this.written += STRIPE;
    if (this.written === WORDS) this.mix();
  }

  private mix(): void {
    const { words, written } = this;
    let { lane0, lane1, lane2, lane3 } = this;
    for (let at = 0; at < written; at += STRIPE) {
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
    this.written = 0;
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
