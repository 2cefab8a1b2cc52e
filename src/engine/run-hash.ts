import type {
  CopiedState,
  Discard,
  Failover,
  FaultEvent,
  FinalState,
  FollowerRecovery,
  LeadershipEvent,
  Notice,
  ObservedOperation,
  PositionSample,
  Reconciliation,
} from '../model/observer';
import type { Operation } from '../model/operation';
import type { Value } from '../model/value';
import type { LogVersion, Version } from '../model/version';
import type { LogEntry } from './message';

/** What a record tells: the lowest four bits of its first word. */
const enum Told {
  /** Which of those, `Seldom` tells: four bits tell no more. */
  Seldom,
  Arrived,
  Invoked,
  InvokedAtOnce,
  Ended,
  Committed,
  Applied,
  Fault,
  Stopped,
  State,
  Settled,
  Found,
  Discarded,
  Reconciled,
  Leadership,
  FailedOver,
}

const enum Seldom {
  Noticed,
  Copied,
  Recovered,
  Positions,
}

/** Where the facts begin that share the first word. */
const FACTS = 4;
/** Odd, of the golden ratio: multiples of it by small numbers lie far apart, so a small fact added to them stays apart. */
const GOLDEN = -1640531535;

/** What only the end of a run knows. */
export interface RunTotals {
  readonly atMs: number;
  readonly events: number;
  readonly messages: number;
  readonly bytes: number;
}

/** The bits of a double, through one shared cell; which of its words comes first is the machine's. */
const cell = new Float64Array(1);
const words = new Int32Array(cell.buffer);
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
const LOW = 1 - HIGH;
/** Turns at the end: so that what was told last meets all lanes. */
const LAST_TURNS = 8;

/**
 * A rolling hash, 128 bits, over everything that an observer may be told of a run, in its order. Two runs of which one
 * recorded fact differs have different hashes for certain, up to the end of the record in which they do; from there on they
 * would have to meet again by chance. It is no defence against forgery.
 *
 * A record is a stripe of four words: what it tells, of what, and the exact bits of its time, with further facts added to
 * them in multiples of an odd constant. Longer ones say how many stripes follow. A stripe goes through the rounds of XXH32
 * (Collet 2012): four lanes side by side in the processor, each a permutation for a given word, and of a given state no two
 * words make the same. Here the lanes also change places, so that every one meets every sort of word; they are mixed with each
 * other at the end. To meet again by chance costs 32 bits for each lane in which two runs differ: for runs whose
 * times differ, all of them.
 */
export class RunHash {
  private lane0 = 0x243f6a88;
  private lane1 = 0x85a308d3 | 0;
  private lane2 = 0x13198a2e;
  private lane3 = 0x03707344;
  /** The operation that arrived last. */
  private newest = -1;

  operationArrived({ id, kind, session, client, key }: Operation, nowMs: number): void {
    const isRead = kind === 'READ' ? 1 : 0;
    const head = Told.Arrived | (isRead << FACTS) | (client << (FACTS + 1));
    this.newest = id;
    cell[0] = nowMs;
    this.stripe(head + Math.imul(session, GOLDEN), id + Math.imul(key, GOLDEN), words[LOW], words[HIGH]);
  }

  /** Most are sent at the moment of their arrival, which was told just before. */
  operationInvoked({ id, arrivedAtMs }: Operation, nowMs: number): void {
    if (id === this.newest && nowMs === arrivedAtMs) this.lane0 = round(this.lane0, Told.InvokedAtOnce);
    else this.told(Told.Invoked, id, nowMs);
  }

  /** Of the rest it was told when it arrived. An LSN of 0 is no version. */
  operationEnded(operation: ObservedOperation, nowMs: number): void {
    const { id, outcome, node, value, writer } = operation;
    const version = logVersionOf(operation.version);
    const outcomeCode = outcome === 'OK' ? 0 : outcome === 'FAILED' ? 1 : 2;
    const answeredBy = node === null ? 0 : node + 1;
    const head = Told.Ended | (outcomeCode << FACTS) | (answeredBy << (FACTS + 2));
    const epoch = version === null ? 0 : version.epoch;
    const lsn = version === null ? 0 : version.lsn;
    cell[0] = nowMs;
    this.stripe(
      head + Math.imul(writer ?? -1, GOLDEN),
      id + Math.imul(lsn, GOLDEN),
      words[LOW] + Math.imul(epoch, GOLDEN),
      words[HIGH],
    );
    if (value !== writer) this.found(value);
  }

  committed(node: number, { operation, key, epoch, lsn, effect, operand }: LogEntry, nowMs: number): void {
    const head = Told.Committed | (effect << FACTS) | (node << (FACTS + 4));
    cell[0] = nowMs;
    this.stripe(
      head + Math.imul(key, GOLDEN),
      operation + Math.imul(lsn, GOLDEN),
      words[LOW] + Math.imul(epoch, GOLDEN),
      words[HIGH] + Math.imul(operand, GOLDEN),
    );
  }

  applied(replica: number, operation: number, nowMs: number): void {
    this.told(Told.Applied | (replica << FACTS), operation, nowMs);
  }

  discarded({ node, operation, key, version, atMs }: Discard): void {
    const { epoch, lsn } = logVersionOf(version) ?? NO_VERSION;
    this.told(Told.Discarded | (node << FACTS), operation, atMs);
    this.stripe(key, lsn, epoch, 0);
  }

  reconciled({ replica, key, operations: [one, other], dropped, atMs }: Reconciliation): void {
    this.told(Told.Reconciled | (replica << FACTS), key, atMs);
    this.stripe(one, other, dropped ?? -1, 0);
  }

  leadership({ kind, node, shard, epoch, atMs }: LeadershipEvent): void {
    const head = Told.Leadership | ((kind === 'BEGAN' ? 1 : 0) << FACTS) | (node << (FACTS + 1));
    this.told(head + Math.imul(shard, GOLDEN), epoch, atMs);
  }

  failedOver(failover: Failover): void {
    const { oldLeader, newLeader, shard, oldEpoch, epoch, condition, reachedNodes } = failover;
    this.told((Told.FailedOver | (oldLeader << FACTS)) + Math.imul(shard, GOLDEN), newLeader, failover.atMs);
    this.told(condition.length, reachedNodes, failover.detectedAtMs);
    this.told(oldEpoch, epoch, failover.electedAtMs);
  }

  noticed({ kind, node, about, figures, shard, atMs }: Notice): void {
    this.seldom(Seldom.Noticed, { node, shard }, { count: figures.length, value: atMs });
    this.stripe(about ?? -1, 0, 0, 0);
    this.text(kind);
    for (const figure of figures) this.told(0, 0, figure);
  }

  copied({ replica: node, shard, version, atMs }: CopiedState): void {
    const { epoch, lsn } = logVersionOf(version) ?? NO_VERSION;
    this.seldom(Seldom.Copied, { node, shard }, { count: lsn, value: atMs });
    this.stripe(epoch, 0, 0, 0);
  }

  recovered({ replica: node, shard, entries, ...recovery }: FollowerRecovery): void {
    this.seldom(Seldom.Recovered, { node, shard }, { count: entries, value: recovery.restartedAtMs });
    this.told(1, 0, recovery.positionKnownAtMs);
    this.told(2, 0, recovery.answeredAtMs);
    this.told(3, 0, recovery.caughtUpAtMs);
    this.told(4, 0, recovery.liveAtMs);
    this.told(5, 0, recovery.copiedBytes);
  }

  positions({ atMs, replicas, logBytes }: PositionSample): void {
    const place = { node: logBytes.length, shard: 0 };
    this.seldom(Seldom.Positions, place, { count: replicas.length, value: atMs });
    for (const bytes of logBytes) this.told(0, 0, bytes);
    for (const { node, upstream, sentLsn, writeLsn, flushLsn, replayLsn, ...replica } of replicas) {
      this.stripe(node, upstream, sentLsn, writeLsn);
      this.stripe(flushLsn, replayLsn, replica.leaderLsn, 0);
      this.told(0, 0, replica.lagBytes);
      this.told(0, 0, replica.lagMs);
    }
  }

  fault({ kind, atMs, nodes, text }: FaultEvent): void {
    this.told(Told.Fault | (text.length << FACTS), nodes.length, atMs);
    for (const node of nodes) this.stripe(node, 0, 0, 0);
    for (const part of [kind, ...text]) this.text(part);
  }

  clientsStopped(atMs: number): void {
    this.told(Told.Stopped, 0, atMs);
  }

  /** What a node holds at the end, by key, from 0. */
  finalState(state: FinalState, keys: number): void {
    this.told(Told.State, state.node, state.logBytes ?? -1);
    for (let key = 0; key < keys; key++) {
      const version = state.versionOf(key);
      if (version !== null) this.held(key, version, state.valueFor(key));
    }
    this.stripe(keys, 0, 0, 0);
  }

  /** The end: 32 hexadecimal digits. */
  sealed({ atMs, events, messages, bytes }: RunTotals): string {
    this.told(Told.Settled, 0, atMs);
    for (const total of [events, messages, bytes]) this.told(Told.Settled, 0, total);
    for (let turn = 0; turn < LAST_TURNS; turn++) this.blend();
    return [this.lane0, this.lane1, this.lane2, this.lane3].map(digits).join('');
  }

  /** A number of a register or a counter goes with its version; the items of a set follow. */
  private held(key: number, version: Version, value: Value): void {
    const { epoch, lsn } = logVersionOf(version) ?? NO_VERSION;
    const items = typeof value === 'object' ? (value ?? []) : [];
    cell[0] = typeof value === 'number' ? value : items.length;
    const sort = value === null ? 1 : typeof value === 'number' ? 2 : 3;
    this.stripe(key + Math.imul(sort, GOLDEN), lsn + Math.imul(epoch, GOLDEN), words[LOW], words[HIGH]);
    for (const item of items) this.stripe(item, 0, 0, 0);
  }

  /** A value that is not the id of its writer, as that of a register is. */
  private found(value: Value): void {
    const items = typeof value === 'object' ? (value ?? []) : [];
    this.told(Told.Found | (items.length << FACTS), 0, typeof value === 'number' ? value : -1);
    for (const item of items) this.stripe(item, 0, 0, 0);
  }

  /** Each lane takes the next one in, one after the other: that is a permutation as well, and loses nothing. */
  private blend(): void {
    this.lane0 = round(this.lane0, this.lane1);
    this.lane1 = round(this.lane1, this.lane2);
    this.lane2 = round(this.lane2, this.lane3);
    this.lane3 = round(this.lane3, this.lane0);
  }

  private text(text: string): void {
    this.stripe(text.length, 0, 0, 0);
    for (let index = 0; index < text.length; index++) this.stripe(text.charCodeAt(index), 0, 0, 0);
  }

  private seldom(
    which: Seldom,
    { node, shard }: { readonly node: number; readonly shard: number },
    { count, value }: { readonly count: number; readonly value: number },
  ): void {
    const head = Told.Seldom | (which << FACTS) | (node << (FACTS + 2));
    this.told(head + Math.imul(shard, GOLDEN), count, value);
  }

  private told(head: number, subject: number, value: number): void {
    cell[0] = value;
    this.stripe(head, subject, words[LOW], words[HIGH]);
  }

  private stripe(word0: number, word1: number, word2: number, word3: number): void {
    const { lane0, lane1, lane2, lane3 } = this;
    this.lane1 = round(lane0, word0);
    this.lane2 = round(lane1, word1);
    this.lane3 = round(lane2, word2);
    this.lane0 = round(lane3, word3);
  }
}

const NO_VERSION: LogVersion = { epoch: 0, lsn: 0 };

/** The protocols there are give versions of a log; another kind joins the hash with its protocol. */
function logVersionOf(version: Version | null): LogVersion | null {
  return version as LogVersion | null;
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
