import type { Behaviour } from '../src/engine/behaviour';
import type { ClientSide, Driver } from '../src/engine/driver';
import type { Host } from '../src/engine/host';
import type { Message } from '../src/engine/message';
import type { OpenOperation } from '../src/engine/open-operation';
import type { Replication, World } from '../src/engine/replication';
import type { WriteId } from '../src/model/observer';
import { EFFECT_CODES } from '../src/model/operation';
import {
  DEFAULT_ARRIVALS,
  DEFAULT_LINK_WITHIN,
  DEFAULT_RETRY,
  DEFAULT_VALUES,
} from '../src/model/spec/defaults';
import type { ExperimentSpec } from '../src/model/spec/experiment';
import type { Value } from '../src/model/value';
import { isOlder, type Version } from '../src/model/version';
import { sessionsOf, type QuorumLoad } from './workload';

/**
 * The reference workload as a protocol on the whole engine: only what the bench needs of leaderless replication.
 *
 * [RW1] The coordinator, which is the client's library, sends every operation to all N replicas. [RW2] A write is done on the
 * W-th acknowledgement. [RW3] A read is done on the R-th reply, with the newest version among the first R. [RW4] A replica
 * keeps the newest version of each key. There is one client group, and nothing is ever lost.
 */
export function createQuorum(load: QuorumLoad, { hosts, keys }: World): Replication {
  const underway = new OperationsUnderway();
  return {
    behaviours: hosts.map((host) => new Replica(host, underway, keys)),
    createDriver: (clientSide) => new Coordinator(clientSide, underway, { ...load, keys }),
  };
}

/**
 * The world of the reference workload; its operations arrive for operations / rate milliseconds, so their number varies.
 */
export function quorumSpec({ replicas, ratePerMs, operations, keys }: QuorumLoad): ExperimentSpec {
  const noTime = { constant: { ms: 0 } };
  const law = { ...DEFAULT_LINK_WITHIN, latency: { exponential: { meanMs: 1, offsetMs: 0 } } };
  return {
    cluster: {
      name: 'reference workload',
      datacenters: [
        { name: 'clients', nodes: 0 },
        { name: 'replicas', nodes: replicas },
      ],
      nodes: null,
      links: [{ between: ['clients', 'replicas'], ...law }],
      nodeProfile: { serviceTime: noTime, fsync: noTime },
      clocks: [],
      replication: { referenceWorkload: {} },
    },
    workload: {
      durationMs: operations / ratePerMs,
      warmupMs: 0,
      clients: [
        {
          datacenter: 'clients',
          sessions: sessionsOf({ ratePerMs }),
          ratePerSecond: 1000 * ratePerMs,
          arrivals: DEFAULT_ARRIVALS,
        },
      ],
      readShare: 0.5,
      keys: { count: keys, distribution: { uniform: { firstKey: 0 } } },
      values: DEFAULT_VALUES,
      invariants: [],
      timeoutMs: 5000,
      retry: DEFAULT_RETRY,
      valueBytes: 1000,
      probe: null,
    },
    faults: [],
    nemesis: null,
  };
}

const Kind = { Write: 0, WriteAcknowledged: 1, Read: 2, ReadReply: 3 } as const;

type Write = Pick<Message, 'from' | 'target' | 'operation' | 'key' | 'lsn'>;
type WriteAcknowledged = Pick<Message, 'from' | 'target'>;
type Read = Pick<Message, 'from' | 'target' | 'key'>;
type ReadReply = Pick<Message, 'from' | 'target' | 'lsn' | 'operation'>;

/** There is no leader and so one epoch: the coordinator numbers the versions of a key from 1. */
const EPOCH = 1;

/** An operation that some replica has not replied to, though its client may have its answer. */
class Underway {
  operation = 0;
  session = 0;
  /** Written: its version. Read: the newest among the first R replies. */
  lsn = 0;
  /** Read: whose write that is. */
  writer = 0;
  replies = 0;
  /** Some replica has it: the lag of the others counts from there. */
  isCommitted = false;

  constructor(readonly place: number) {}
}

/** Found by the place that messages carry as their `target`; places are used again. */
class OperationsUnderway {
  private readonly all: Underway[] = [];
  private readonly idle: Underway[] = [];

  begin({ id, session }: OpenOperation, lsn: number): Underway {
    const underway = this.idle.pop() ?? this.further();
    underway.operation = id;
    underway.session = session;
    underway.lsn = lsn;
    underway.replies = 0;
    underway.isCommitted = false;
    return underway;
  }

  at(place: number): Underway {
    return this.all[place];
  }

  close(underway: Underway): void {
    this.idle.push(underway);
  }

  private further(): Underway {
    const underway = new Underway(this.all.length);
    this.all.push(underway);
    return underway;
  }
}

class Replica implements Behaviour {
  /** It has no log. */
  readonly retainedEntries = 0;
  private readonly newest: Int32Array;
  private readonly writers: Int32Array;
  /** What the observer is told, used again every time. */
  private readonly entry = {
    epoch: EPOCH,
    lsn: 0,
    key: 0,
    operation: 0,
    effect: EFFECT_CODES.SET,
    operand: 0,
    timestampMs: 0,
    cause: null,
  };

  constructor(
    private readonly host: Host,
    private readonly underway: OperationsUnderway,
    keys: number,
  ) {
    this.newest = new Int32Array(keys);
    this.writers = new Int32Array(keys);
  }

  onMessage(message: Message): void {
    if (message.kind === Kind.Write) this.onQuorumWrite(message);
    else this.onQuorumRead(message);
  }

  versionOf(key: number): Version | null {
    return this.newest[key] === 0 ? null : { epoch: EPOCH, lsn: this.newest[key] };
  }

  /** Whatever is not the newest was applied too. */
  holds({ key, version }: WriteId): boolean {
    return !isOlder(this.versionOf(key), version);
  }

  valueFor(key: number): Value {
    return this.newest[key] === 0 ? null : this.writers[key];
  }

  onRead(): void {}
  onWrite(): void {}
  onTimer(): void {}
  onPersisted(): void {}
  onCrash(): void {}
  onRestart(): void {}

  private onQuorumWrite(write: Write): void {
    this.adopt(write);
    this.tell(write);
    const acknowledgement = this.host.send(write.from, Kind.WriteAcknowledged);
    acknowledgement.target = write.target;
  }

  private onQuorumRead(read: Read): void {
    const reply = this.host.send(read.from, Kind.ReadReply, 1);
    reply.target = read.target;
    reply.lsn = this.newest[read.key];
    reply.operation = this.writers[read.key];
  }

  private adopt({ key, lsn, operation }: Write): void {
    if (this.newest[key] >= lsn) return;
    this.newest[key] = lsn;
    this.writers[key] = operation;
  }

  /** The first replica that has a write commits it, the others apply it. */
  private tell({ target, key, lsn, operation }: Write): void {
    const write = this.underway.at(target);
    this.entry.key = key;
    this.entry.lsn = lsn;
    this.entry.operation = operation;
    if (write.isCommitted) this.host.applied(this.entry);
    else this.host.committed(this.entry);
    write.isCommitted = true;
  }
}

type Writable<Type> = { -readonly [Field in keyof Type]: Type[Field] };

class Coordinator implements Driver {
  private readonly lastWritten: Int32Array;
  private readonly answer: Writable<Parameters<ClientSide['succeed']>[1]> = {
    from: 0,
    epoch: EPOCH,
    lsn: 0,
    target: 0,
    effect: EFFECT_CODES.SET,
    operand: 0,
    items: null,
  };

  constructor(
    private readonly clientSide: ClientSide,
    private readonly underway: OperationsUnderway,
    private readonly load: QuorumLoad,
  ) {
    this.lastWritten = new Int32Array(load.keys);
  }

  invoke(operation: OpenOperation): void {
    if (operation.kind === 'WRITE') this.write(operation);
    else this.read(operation);
  }

  onMessage(message: Message): void {
    if (message.kind === Kind.WriteAcknowledged) this.onWriteAcknowledged(message);
    else this.onReadReply(message);
  }

  private write(operation: OpenOperation): void {
    const lsn = ++this.lastWritten[operation.key];
    const { place } = this.underway.begin(operation, lsn);
    for (let replica = 0; replica < this.load.replicas; replica++) {
      const write: Write = this.clientSide.send(replica, Kind.Write, 1);
      write.target = place;
      write.operation = operation.id;
      write.key = operation.key;
      write.lsn = lsn;
    }
  }

  private read(operation: OpenOperation): void {
    const { place } = this.underway.begin(operation, 0);
    for (let replica = 0; replica < this.load.replicas; replica++) {
      const read: Read = this.clientSide.send(replica, Kind.Read);
      read.target = place;
      read.key = operation.key;
    }
  }

  private onWriteAcknowledged(acknowledgement: WriteAcknowledged): void {
    const write = this.underway.at(acknowledgement.target);
    if (++write.replies === this.load.writeQuorum) this.succeed(write, acknowledgement.from);
    if (write.replies === this.load.replicas) this.underway.close(write);
  }

  private onReadReply(reply: ReadReply): void {
    const read = this.underway.at(reply.target);
    if (++read.replies <= this.load.readQuorum && read.lsn < reply.lsn) {
      read.lsn = reply.lsn;
      read.writer = reply.operation;
    }
    if (read.replies === this.load.readQuorum) this.succeed(read, reply.from);
    if (read.replies === this.load.replicas) this.underway.close(read);
  }

  private succeed(underway: Underway, from: number): void {
    const operation = this.clientSide.find(underway);
    if (operation === null) return;
    this.answer.from = from;
    this.answer.lsn = underway.lsn;
    this.answer.target = underway.writer;
    this.answer.operand = underway.writer;
    this.clientSide.succeed(operation, this.answer);
  }
}
