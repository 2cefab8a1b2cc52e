import { EventQueue } from '../src/engine/event-queue';
import type { Message } from '../src/engine/message';
import { Random } from '../src/engine/random';
import { Histogram } from '../src/model/histogram';
import {
  eventsPerOperation,
  type LatencyPercentiles,
  type QuorumLoad,
  type QuorumStatistics,
} from './workload';

const Kind = { Arrival: 0, Write: 1, WriteAcknowledged: 2, Read: 3, ReadReply: 4 } as const;

/** One operation, from its arrival until all replicas have replied; then used again. */
class Operation {
  isWrite = false;
  key = 0;
  startedMs = 0.5;
  /** Written: its own version. Read: the newest version acknowledged when it began. */
  version = 0;
  replies = 0;
  /** The newest version among the first R replies. */
  newestReply = 0;

  constructor(readonly place: number) {}
}

/**
 * The reference workload on the engine's kernel alone: event queue, messages, random numbers and histograms, without hosts,
 * network, clients or protocol. What it reaches is what the engine could reach if all of that cost nothing.
 *
 * It draws in the order of `reference/quorum.c`: kind and key of an operation, the delays of its requests, the next arrival.
 */
export class QuorumKernel {
  events = 0;
  private readonly queue: EventQueue;
  private readonly random: Random;
  private readonly readLatency = new Histogram();
  private readonly writeLatency = new Histogram();
  private readonly operations: Operation[] = [];
  private readonly idle: Operation[] = [];
  /** By replica and key: the newest version there. */
  private readonly stored: Int32Array;
  /** By key: the newest version given to a write, and the newest whose write was acknowledged. */
  private readonly lastWritten: Int32Array;
  private readonly acknowledged: Int32Array;
  private issued = 0;
  private reads = 0;
  private writes = 0;
  private staleReads = 0;
  private versionsBehind = 0;

  constructor(private readonly load: QuorumLoad) {
    const { seed, replicas, keys, ratePerMs } = load;
    this.queue = new EventQueue({ startMs: 0, eventsPerMs: ratePerMs * eventsPerOperation(load) });
    this.random = new Random([seed, 0x9e3779b9, 0x243f6a88, 0xb7e15162]);
    this.stored = new Int32Array(replicas * keys);
    this.lastWritten = new Int32Array(keys);
    this.acknowledged = new Int32Array(keys);
  }

  /** Plays until every operation has all its replies; once. */
  play(): void {
    const { queue } = this;
    this.awaitArrival();
    let events = 0;
    for (; queue.size > 0; events++) {
      const message = queue.next();
      this.onMessage(message);
      queue.recycle(message);
    }
    this.events = events;
  }

  statistics(): QuorumStatistics {
    const { reads, writes, staleReads, versionsBehind } = this;
    return {
      reads,
      writes,
      staleReads,
      versionsBehind,
      readMs: percentilesOf(this.readLatency),
      writeMs: percentilesOf(this.writeLatency),
    };
  }

  private onMessage(message: Message): void {
    switch (message.kind) {
      case Kind.Arrival:
        this.onArrival();
        break;
      case Kind.Write:
        this.onWrite(message);
        break;
      case Kind.WriteAcknowledged:
        this.onWriteAcknowledged(message);
        break;
      case Kind.Read:
        this.onRead(message);
        break;
      case Kind.ReadReply:
        this.onReadReply(message);
    }
  }

  private onArrival(): void {
    const operation = this.draw();
    const kind = operation.isWrite ? Kind.Write : Kind.Read;
    for (let replica = 0; replica < this.load.replicas; replica++) {
      const request = this.send(kind);
      request.to = replica;
      request.operation = operation.place;
      request.key = operation.key;
      request.lsn = operation.version;
    }
    if (++this.issued < this.load.operations) this.awaitArrival();
  }

  private onWrite(write: Message): void {
    const place = write.to * this.load.keys + write.key;
    if (this.stored[place] < write.lsn) this.stored[place] = write.lsn;
    this.send(Kind.WriteAcknowledged).operation = write.operation;
  }

  private onRead(read: Message): void {
    const reply = this.send(Kind.ReadReply);
    reply.operation = read.operation;
    reply.lsn = this.stored[read.to * this.load.keys + read.key];
  }

  private onWriteAcknowledged(acknowledgement: Message): void {
    const write = this.operations[acknowledgement.operation];
    if (++write.replies === this.load.writeQuorum) {
      this.writes++;
      this.writeLatency.record(this.queue.now - write.startedMs);
      if (this.acknowledged[write.key] < write.version) this.acknowledged[write.key] = write.version;
    }
    if (write.replies === this.load.replicas) this.idle.push(write);
  }

  private onReadReply(reply: Message): void {
    const read = this.operations[reply.operation];
    read.replies++;
    if (read.replies <= this.load.readQuorum && read.newestReply < reply.lsn) read.newestReply = reply.lsn;
    if (read.replies === this.load.readQuorum) this.answered(read);
    if (read.replies === this.load.replicas) this.idle.push(read);
  }

  private answered(read: Operation): void {
    this.reads++;
    this.readLatency.record(this.queue.now - read.startedMs);
    if (read.newestReply >= read.version) return;
    this.staleReads++;
    this.versionsBehind += read.version - read.newestReply;
  }

  private draw(): Operation {
    const operation = this.idle.pop() ?? this.further();
    operation.isWrite = this.random.integer() >= 0;
    const key = this.random.below(this.load.keys);
    operation.key = key;
    operation.startedMs = this.queue.now;
    operation.version = operation.isWrite ? ++this.lastWritten[key] : this.acknowledged[key];
    operation.replies = 0;
    operation.newestReply = 0;
    return operation;
  }

  private further(): Operation {
    const operation = new Operation(this.operations.length);
    this.operations.push(operation);
    return operation;
  }

  /** Puts a message on a link whose delay is exponential with mean 1 ms. */
  private send(kind: number): Message {
    const message = this.queue.blank();
    message.kind = kind;
    this.queue.schedule(message, this.queue.now + this.random.exponential());
    return message;
  }

  private awaitArrival(): void {
    const arrival = this.queue.blank();
    arrival.kind = Kind.Arrival;
    this.queue.schedule(arrival, this.queue.now + this.random.exponential() / this.load.ratePerMs);
  }
}

/** Of a histogram that is not empty. */
export function percentilesOf(histogram: Histogram): LatencyPercentiles {
  const ms = (share: number): number => (histogram.quantileNs(share) ?? NaN) / 1e6;
  return { p50: ms(0.5), p99: ms(0.99), p999: ms(0.999) };
}

/** Plays the load on the kernel. */
export function playKernel(load: QuorumLoad): { readonly events: number; readonly quorum: QuorumStatistics } {
  const kernel = new QuorumKernel(load);
  kernel.play();
  return { events: kernel.events, quorum: kernel.statistics() };
}

/** How many events a play of that load has, whoever plays it. */
export function eventsOf(load: QuorumLoad): number {
  return load.operations * eventsPerOperation(load);
}
