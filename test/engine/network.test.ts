import { describe, expect, it } from '@jest/globals';
import { EventQueue } from '../../src/engine/event-queue';
import type { Message } from '../../src/engine/message';
import { HEADER_BYTES, type Network } from '../../src/engine/network';
import { plainNetwork } from '../support/plain-network';

function createNetwork(meanMs = 10): { queue: EventQueue; network: Network } {
  const queue = new EventQueue({ startMs: 0 });
  const latency = { exponential: { meanMs, offsetMs: 0 } };
  return { queue, network: plainNetwork(queue, { endpoints: 3, valueBytes: 1000, latency }) };
}

function arrivals(queue: EventQueue): Message[] {
  return Array.from({ length: queue.size }, () => queue.next());
}

describe('Network', () => {
  it('delivers a stream in the order of sending', () => {
    const { queue, network } = createNetwork();
    for (let kind = 0; kind < 100; kind++) network.stream(0, 1, kind, 0);
    expect(arrivals(queue).map(({ kind }) => kind)).toEqual(Array.from({ length: 100 }, (_, kind) => kind));
  });

  it('lets messages that stand for themselves overtake each other', () => {
    const { queue, network } = createNetwork();
    for (let kind = 0; kind < 100; kind++) network.send(0, 1, kind, 0);
    const kinds = arrivals(queue).map(({ kind }) => kind);
    expect(kinds).not.toEqual([...kinds].sort((one, other) => one - other));
    expect(new Set(kinds).size).toBe(100);
  });

  it('gives each ordered pair of endpoints its own chances', () => {
    const one = createNetwork();
    one.network.send(0, 1, 0, 0);
    const other = createNetwork();
    other.network.send(1, 0, 0, 0);
    other.network.send(0, 2, 0, 0);
    other.network.send(0, 1, 7, 0);
    one.queue.next();
    while (other.queue.next().kind !== 7);
    expect(other.queue.now).toBe(one.queue.now);
  });

  it('loses what a crashed sender had under way, and nothing of others', () => {
    const { queue, network } = createNetwork();
    network.send(0, 1, 0, 0);
    network.stream(0, 1, 0, 0);
    network.send(2, 1, 0, 0);
    network.beginLife(0, 'LOST');
    const delivered = arrivals(queue).filter((message) => network.delivers(message));
    expect(delivered.map(({ from }) => from)).toEqual([2]);
  });

  it('loses the stream to a receiver that crashed meanwhile, but not a message that stands for itself', () => {
    const { queue, network } = createNetwork();
    network.stream(0, 1, 10, 0);
    network.send(0, 1, 20, 0);
    network.beginLife(1, 'LOST');
    network.beginLife(1, 'LOST');
    const delivered = arrivals(queue).filter((message) => network.delivers(message));
    expect(delivered.map(({ kind }) => kind)).toEqual([20]);
  });

  it('does not hold a new connection up by the segments of the broken one', () => {
    const { queue, network } = createNetwork();
    for (let segment = 0; segment < 1000; segment++) network.stream(0, 1, 0, 0);
    const lastMs = arrivals(queue).map(() => queue.now)[999];
    const fresh = createNetwork();
    for (let segment = 0; segment < 1000; segment++) fresh.network.stream(0, 1, 0, 0);
    fresh.network.beginLife(1, 'LOST');
    fresh.network.stream(0, 1, 1, 0);
    while (fresh.queue.next().kind !== 1);
    expect(fresh.queue.now).toBeLessThan(lastMs);
  });

  it('counts what is sent: messages, headers and values', () => {
    const { network } = createNetwork();
    network.send(0, 1, 0, 0);
    network.stream(0, 1, 0, 3);
    expect(network.messages).toBe(2);
    expect(network.bytes).toBe(2 * HEADER_BYTES + 3 * 1000);
  });
});
