import { beforeEach, describe, expect, it } from '@jest/globals';
import { Distribution } from '../../../src/engine/distribution';
import { EventQueue } from '../../../src/engine/event-queue';
import { Host } from '../../../src/engine/host';
import type { Network } from '../../../src/engine/network';
import { RandomStreams } from '../../../src/engine/random-streams';
import { Recorder } from '../../../src/engine/recorder';
import { Follower } from '../../../src/protocols/single-leader/follower';
import { Kind } from '../../../src/protocols/single-leader/messages';
import { Chronicle, exactly, NO_TIME } from '../../engine/scene';
import { plainNetwork } from '../../support/plain-network';

const LEADER = 0;
const FOLLOWER = 1;
const random = new RandomStreams(1n).stream({ purpose: 'test', entity: 'follower' });

describe('a follower', () => {
  let queue: EventQueue;
  let network: Network;
  let host: Host;
  let chronicle: Chronicle;
  /** What the leader gets, as `Connect 3` or `Flushed 3`. */
  let calls: string[];

  beforeEach(() => {
    queue = new EventQueue({ startMs: 0 });
    network = plainNetwork(queue, { endpoints: 2, latency: NO_TIME });
    chronicle = new Chronicle();
    const fsync = Distribution.of(exactly(10));
    const laws = { serviceTime: Distribution.of(NO_TIME), serviceRandom: random, fsync, fsyncRandom: random };
    host = new Host({ id: FOLLOWER, ...laws }, { queue, network, recorder: new Recorder(chronicle, queue) });
    host.play(new Follower(host, { leader: LEADER, keys: 1 }));
    calls = [];
  });

  function append(lsn: number): void {
    Object.assign(network.stream(LEADER, FOLLOWER, Kind.Append, 1), {
      epoch: 1,
      lsn,
      key: 0,
      operation: lsn,
    });
  }

  function sendEmptyBatch(target: number): void {
    Object.assign(network.stream(LEADER, FOLLOWER, Kind.Entries, 0), { entries: [], target });
  }

  function playUntil(endMs: number): void {
    const clock = queue.blank();
    queue.schedule(clock, endMs);
    for (let message = queue.next(); message !== clock; message = queue.next())
      if (message.to === FOLLOWER) host.accept(message);
      else calls.push(`${message.kind === Kind.Connect ? 'Connect' : 'Flushed'} ${message.lsn}`);
  }

  function fail(): void {
    host.crash('LOST');
    host.restart();
  }

  it('[SL10] calls the leader with its last flushed LSN: what was not flushed is lost', () => {
    append(1);
    playUntil(10);
    append(2);
    playUntil(10.5);
    fail();
    playUntil(100);
    expect(calls).toEqual(['Flushed 1', 'Connect 1']);
    expect(chronicle.applications.map(({ operation }) => operation)).toEqual([1]);
  });

  it('[SL5] takes neither an entry behind a gap nor one that it has', () => {
    append(1);
    append(3);
    append(1);
    append(2);
    playUntil(100);
    expect(chronicle.applications.map(({ operation }) => operation)).toEqual([1, 2]);
  });

  it('[SL13] does not take the end of an earlier catch-up for that of the present one', () => {
    fail();
    sendEmptyBatch(0);
    playUntil(5);
    fail();
    append(1);
    playUntil(20);
    expect(chronicle.faults).toHaveLength(1);
    sendEmptyBatch(1);
    playUntil(100);
    expect(chronicle.faults).toHaveLength(2);
  });
});
