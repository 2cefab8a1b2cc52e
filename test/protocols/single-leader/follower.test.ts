import { beforeEach, describe, expect, it } from '@jest/globals';
import { Distribution } from '../../../src/engine/distribution';
import { EventQueue } from '../../../src/engine/event-queue';
import { FailoverWatch } from '../../../src/engine/failover-watch';
import { Host } from '../../../src/engine/host';
import type { Message } from '../../../src/engine/message';
import type { Network } from '../../../src/engine/network';
import { RandomStreams } from '../../../src/engine/random-streams';
import { Recorder } from '../../../src/engine/recorder';
import { DEFAULT_VALUES } from '../../../src/model/spec/defaults';
import { Kind, type FollowerOutline } from '../../../src/protocols/single-leader/messages';
import { planOf } from '../../../src/protocols/single-leader/plan';
import { ReplicasOfNode } from '../../../src/protocols/single-leader/replicas-of-node';
import { Chronicle, exactly, NO_TIME } from '../../engine/scene';
import { plainNetwork } from '../../support/plain-network';
import { WITHOUT_FAILOVER } from '../../support/without-failover';

const LEADER = 0;
const FOLLOWER = 1;
const KEYS = 3;
const NODES = ['node-1', 'node-2'].map((name) => ({ name, datacenter: null }));
const random = new RandomStreams(1n).stream({ purpose: 'test', entity: 'follower' });

describe('a follower', () => {
  let queue: EventQueue;
  let network: Network;
  let host: Host;
  let chronicle: Chronicle;
  /** What the leader gets, as `Connect 3` or `Flushed 3`. */
  let calls: string[];
  /** The number of the follower's last question. */
  let question: number;

  beforeEach(() => {
    queue = new EventQueue({ startMs: 0, recycled: 'POISONED' });
    network = plainNetwork(queue, { endpoints: 2, latency: NO_TIME });
    chronicle = new Chronicle();
    const failovers = new FailoverWatch(queue, () => ({ condition: 'RUNNING', reachedNodes: 2 }));
    const parts = {
      queue,
      network,
      recorder: new Recorder(chronicle, queue, failovers),
      power: { cut: () => undefined },
    };
    const fsync = Distribution.of(exactly(10));
    const laws = { serviceTime: Distribution.of(NO_TIME), serviceRandom: random, fsync, fsyncRandom: random };
    host = new Host({ id: FOLLOWER, ...laws }, parts);
    const world = { nodes: NODES, hosts: [], clients: [], clientEndpoints: [], keys: KEYS, valueBytes: 1 };
    const plan = planOf(WITHOUT_FAILOVER, { ...world, values: DEFAULT_VALUES, meanLatencyMs: () => 0 });
    const replicas = new ReplicasOfNode(host, plan, () => 0);
    host.play(replicas);
    replicas.start();
    calls = [];
    question = 0;
  });

  function stream(kind: number, content: Partial<Message>): void {
    Object.assign(network.stream(LEADER, FOLLOWER, kind, 1), { work: 0, ...content });
  }

  function entry(lsn: number): Pick<Message, 'key' | 'operation' | 'effect' | 'operand' | 'cause'> {
    return { key: lsn % KEYS, operation: lsn, effect: 0, operand: lsn, cause: null };
  }

  function append(lsn: number, epoch = 1): void {
    stream(Kind.Append, { ...entry(lsn), epoch, lsn, timestampMs: 0 });
  }

  function sendBatch(lsns: readonly number[], target: number, session = question): void {
    const entries = lsns.map((lsn) => ({ ...entry(lsn), epoch: 1, lsn, timestampMs: 0 }));
    stream(Kind.Entries, { entries, target, session });
  }

  function hear(message: Message): void {
    if (message.kind === Kind.Connect) {
      const outline = message.attachment as FollowerOutline;
      question = outline.question;
      calls.push(`Connect ${outline.end}`);
    } else if (message.kind === Kind.Flushed) calls.push(`Flushed ${message.lsn}`);
  }

  function playUntil(endMs: number): void {
    const clock = queue.blank();
    queue.schedule(clock, endMs);
    for (let message = queue.next(); message !== clock; message = queue.next())
      if (message.to === FOLLOWER) host.accept(message);
      else hear(message);
  }

  function fail(): void {
    host.crash('LOST');
    host.restart();
  }

  const applied = () => chronicle.applications.map(({ operation }) => operation);

  it('[SL10] calls its upstream with its last flushed LSN: what was not flushed is lost', () => {
    append(1);
    playUntil(10);
    append(2);
    playUntil(10.5);
    fail();
    playUntil(100);
    expect(calls).toEqual(['Flushed 1', 'Connect 1']);
    expect(applied()).toEqual([1]);
  });

  it('[SL5] takes neither an entry behind a gap nor one that it has', () => {
    for (const lsn of [1, 3, 1, 2]) append(lsn);
    playUntil(100);
    expect(applied()).toEqual([1, 2]);
  });

  it('[SL5] takes nothing of the live stream before its question is answered', () => {
    fail();
    append(1);
    playUntil(50);
    expect(applied()).toEqual([]);
    sendBatch([1, 2], 2);
    append(3);
    playUntil(100);
    expect(applied()).toEqual([1, 2, 3]);
  });

  it('[SL11] takes no answer to an earlier question, which a broken stream may bring late', () => {
    fail();
    playUntil(1);
    const earlier = question;
    fail();
    playUntil(2);
    sendBatch([1, 2], 2, earlier);
    append(1);
    playUntil(50);
    expect(applied()).toEqual([]);
    sendBatch([1], 1);
    playUntil(100);
    expect(applied()).toEqual([1]);
  });

  it('[SL11] writes a batch as a whole, and reports it when it is flushed', () => {
    fail();
    playUntil(0.5);
    sendBatch([1, 2, 3], 3);
    playUntil(10);
    expect(calls).toEqual(['Connect 0']);
    playUntil(11);
    expect(calls).toEqual(['Connect 0', 'Flushed 3']);
  });

  it('[SL13] does not take the end of an earlier catch-up for that of the present one', () => {
    fail();
    playUntil(1);
    sendBatch([], 0);
    playUntil(5);
    fail();
    append(1);
    playUntil(20);
    expect(chronicle.faults).toHaveLength(1);
    sendBatch([1], 1);
    playUntil(100);
    expect(chronicle.faults).toHaveLength(2);
  });
});
