import type { Behaviour } from '../src/engine/behaviour';
import type { Host } from '../src/engine/host';
import type { Message, Request } from '../src/engine/message';
import type { Replication, World } from '../src/engine/replication';
import type { Version } from '../src/model/version';
import type { ExperimentSpec } from '../src/model/spec/experiment';
import type { QuorumLoad } from './workload';

/**
 * The reference workload as a protocol on the whole engine: only what the bench needs of leaderless replication.
 *
 * [RW1] The coordinator sends every operation to all N replicas. [RW2] It acknowledges a write on the W-th acknowledgement.
 * [RW3] It answers a read on the R-th reply, with the newest version among the first R. [RW4] A replica keeps the newest
 * version of each key. There is one coordinator, no time from the clients to it and back, and nothing is ever lost.
 */
export function createQuorum(load: QuorumLoad, { hosts, keys }: World): Replication {
  const [coordinator, ...replicas] = hosts;
  return {
    behaviours: [
      new Coordinator(coordinator, { ...load, keys }),
      ...replicas.map((host) => new Replica(host, keys)),
    ],
    routing: { nodeForRead: () => coordinator.id, nodeForWrite: () => coordinator.id },
  };
}

/**
 * The world of the reference workload; its operations arrive for operations / rate milliseconds, so their number varies.
 * An operation waits while its session is busy: with so many sessions, that is one of thirty.
 */
export function quorumSpec({ replicas, ratePerMs, operations, keys }: QuorumLoad): ExperimentSpec {
  const noTime = { constant: { ms: 0 } };
  return {
    cluster: {
      name: 'reference workload',
      datacenters: [
        { name: 'clients', nodes: 1 },
        { name: 'replicas', nodes: replicas },
      ],
      nodes: null,
      links: [
        { within: 'clients', latency: noTime },
        { between: ['clients', 'replicas'], latency: { exponential: { meanMs: 1, offsetMs: 0 } } },
      ],
      nodeProfile: { serviceTime: noTime, fsync: noTime },
      replication: { referenceWorkload: {} },
    },
    workload: {
      durationMs: operations / ratePerMs,
      warmupMs: 0,
      clients: [
        {
          datacenter: 'clients',
          sessions: Math.max(100, 40 * ratePerMs),
          ratePerSecond: 1000 * ratePerMs,
        },
      ],
      readShare: 0.5,
      keys: { count: keys, distribution: { uniform: { firstKey: 0 } } },
      timeoutMs: 5000,
      valueBytes: 1000,
    },
    faults: [],
  };
}

const Kind = { Write: 0, WriteAcknowledged: 1, Read: 2, ReadReply: 3 } as const;

type Write = Pick<Message, 'from' | 'target' | 'operation' | 'key' | 'lsn'>;
type WriteAcknowledged = Pick<Message, 'target'>;
type Read = Pick<Message, 'from' | 'target' | 'key'>;
type ReadReply = Pick<Message, 'target' | 'lsn'>;

/** One leader-less epoch: versions of a key are numbered by the coordinator from 1. */
const EPOCH = 1;

/** The newest version of every key; the engine is told of each by one entry that is used again. */
class Versions {
  readonly entry = { epoch: EPOCH, lsn: 0, key: 0, operation: 0 };
  private readonly newest: Int32Array;

  constructor(keys: number) {
    this.newest = new Int32Array(keys);
  }

  at(key: number): number {
    return this.newest[key];
  }

  adopt({ key, lsn, operation }: Pick<Message, 'key' | 'lsn' | 'operation'>): void {
    if (this.newest[key] < lsn) this.newest[key] = lsn;
    this.entry.lsn = lsn;
    this.entry.key = key;
    this.entry.operation = operation;
  }

  versionOf(key: number): Version | null {
    return this.newest[key] === 0 ? null : { epoch: EPOCH, lsn: this.newest[key] };
  }
}

/** What no part of this protocol uses. */
abstract class WithoutFaults {
  onTimer(): void {}
  onPersisted(): void {}
  onCrash(): void {}
  onRestart(): void {}
}

class Replica extends WithoutFaults implements Behaviour {
  private readonly versions: Versions;

  constructor(
    private readonly host: Host,
    keys: number,
  ) {
    super();
    this.versions = new Versions(keys);
  }

  onRead(): void {}
  onWrite(): void {}

  onMessage(message: Message): void {
    if (message.kind === Kind.Write) this.onQuorumWrite(message);
    else this.onQuorumRead(message);
  }

  versionOf(key: number): Version | null {
    return this.versions.versionOf(key);
  }

  private onQuorumWrite(write: Write): void {
    this.versions.adopt(write);
    this.host.applied(this.versions.entry);
    const acknowledgement = this.host.send(write.from, Kind.WriteAcknowledged);
    acknowledgement.target = write.target;
  }

  private onQuorumRead(read: Read): void {
    const reply = this.host.send(read.from, Kind.ReadReply, 1);
    reply.target = read.target;
    reply.lsn = this.versions.at(read.key);
  }
}

/** An operation that some replica has not replied to; then used again. */
class Underway {
  from = 0;
  session = 0;
  operation = 0;
  key = 0;
  replies = 0;
  /** Written: its version. Read: the newest among the first R replies. */
  readonly version = { epoch: EPOCH, lsn: 0 };

  constructor(readonly place: number) {}

  begin({ from, session, operation, key }: Request, lsn: number): void {
    this.from = from;
    this.session = session;
    this.operation = operation;
    this.key = key;
    this.replies = 0;
    this.version.lsn = lsn;
  }
}

class Coordinator extends WithoutFaults implements Behaviour {
  private readonly versions: Versions;
  private readonly underway: Underway[] = [];
  private readonly idle: Underway[] = [];

  constructor(
    private readonly host: Host,
    private readonly load: Pick<QuorumLoad, 'replicas' | 'writeQuorum' | 'readQuorum' | 'keys'>,
  ) {
    super();
    this.versions = new Versions(load.keys);
  }

  onWrite(request: Request): void {
    const write = this.begin(request, this.versions.at(request.key) + 1);
    this.versions.adopt({ key: request.key, lsn: write.version.lsn, operation: request.operation });
    this.host.committed(this.versions.entry);
    for (let replica = 1; replica <= this.load.replicas; replica++) {
      const message = this.host.send(replica, Kind.Write, 1);
      message.target = write.place;
      message.operation = request.operation;
      message.key = request.key;
      message.lsn = write.version.lsn;
    }
  }

  onRead(request: Request): void {
    const read = this.begin(request, 0);
    for (let replica = 1; replica <= this.load.replicas; replica++) {
      const message = this.host.send(replica, Kind.Read);
      message.target = read.place;
      message.key = request.key;
    }
  }

  onMessage(message: Message): void {
    if (message.kind === Kind.WriteAcknowledged) this.onWriteAcknowledged(message);
    else this.onReadReply(message);
  }

  versionOf(key: number): Version | null {
    return this.versions.versionOf(key);
  }

  private onWriteAcknowledged(acknowledgement: WriteAcknowledged): void {
    const write = this.underway[acknowledgement.target];
    if (++write.replies === this.load.writeQuorum) this.host.acknowledgeWrite(write, write.version);
    if (write.replies === this.load.replicas) this.idle.push(write);
  }

  private onReadReply(reply: ReadReply): void {
    const read = this.underway[reply.target];
    if (++read.replies <= this.load.readQuorum && read.version.lsn < reply.lsn) read.version.lsn = reply.lsn;
    if (read.replies === this.load.readQuorum) this.host.answerRead(read, read.version);
    if (read.replies === this.load.replicas) this.idle.push(read);
  }

  private begin(request: Request, lsn: number): Underway {
    const operation = this.idle.pop() ?? this.further();
    operation.begin(request, lsn);
    return operation;
  }

  private further(): Underway {
    const operation = new Underway(this.underway.length);
    this.underway.push(operation);
    return operation;
  }
}
