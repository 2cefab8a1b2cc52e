import { describe, expect, it } from '@jest/globals';
import type { Observer } from '../../src/model/observer';
import type { Distribution } from '../../src/model/spec/distribution';
import type { Operation } from '../../src/model/operation';
import { createSimulation } from '../../src/protocols/create-simulation';
import { about, exactly, NO_TIME, specOf, type Scene } from './scene';

const REPETITIONS = 20;

const deaf: Observer = {
  operationInvoked: () => undefined,
  operationEnded: () => undefined,
  committed: () => undefined,
  applied: () => undefined,
  fault: () => undefined,
  clientsStopped: () => undefined,
  settled: () => undefined,
};

/** One number of each repetition: their mean, and the standard error of that mean. */
function estimate(scene: Scene, measure: () => { observer: Observer; result: () => number }) {
  const results = Array.from({ length: REPETITIONS }, (_, repetition) => {
    const { observer, result } = measure();
    createSimulation({ spec: specOf(scene), seed: 1n, repetition, observer }).advance(Infinity);
    return result();
  });
  const mean = results.reduce((sum, result) => sum + result, 0) / REPETITIONS;
  const variance = results.reduce((sum, result) => sum + (result - mean) ** 2, 0) / (REPETITIONS - 1);
  return { mean, error: Math.sqrt(variance / REPETITIONS) };
}

function meanLatency() {
  let count = 0;
  let sum = 0;
  const operationEnded = ({ arrivedAtMs, completedAtMs }: Operation): void => {
    if (arrivedAtMs < 0) return;
    count++;
    sum += completedAtMs - arrivedAtMs;
  };
  return { observer: { ...deaf, operationEnded }, result: () => sum / count };
}

/** Share of the reads of client group 1 that miss a write acknowledged before they began; there is one key. */
function staleShare() {
  let acknowledged = 0;
  let reads = 0;
  let stale = 0;
  const newestAtInvocation = new Map<number, number>();
  const operationInvoked = ({ id, kind, client }: Operation): void => {
    if (kind === 'READ' && client === 1) newestAtInvocation.set(id, acknowledged);
  };
  const operationEnded = ({ id, kind, client, version }: Operation): void => {
    if (kind === 'WRITE') acknowledged = Math.max(acknowledged, version?.lsn ?? 0);
    else if (client === 1) {
      reads++;
      if ((version?.lsn ?? 0) < (newestAtInvocation.get(id) ?? 0)) stale++;
    }
  };
  return { observer: { ...deaf, operationInvoked, operationEnded }, result: () => stale / reads };
}

/**
 * Writers at the leader in a, 50 writes a second; readers in c next to the follower in b. What the readers write would take a
 * quarter of an hour to the leader, so it plays no part.
 */
function readersBehind(latency: Distribution): Scene {
  return {
    datacenters: { a: 1, b: 1, c: 0 },
    reads: 'NEAREST',
    links: [
      { from: 'a', to: 'b', latency },
      { from: 'b', to: 'a', latency: NO_TIME },
      { between: ['b', 'c'], latency: NO_TIME },
      { from: 'c', to: 'a', latency: exactly(1_000_000) },
      { from: 'a', to: 'c', latency: NO_TIME },
    ],
    workload: {
      durationMs: 40_000,
      readShare: 0.5,
      keys: { count: 1, distribution: { uniform: { firstKey: 0 } } },
      clients: ['a', 'c'].map((datacenter) => ({ datacenter, sessions: 5000, ratePerSecond: 100 })),
    },
  };
}

describe('closed forms', () => {
  it.each([0.3, 0.5, 0.8])(
    'a node with exponential service at load %p keeps a request S / (1 − ρ) on average',
    (load) => {
      const clients = [{ datacenter: 'a', sessions: 20_000, ratePerSecond: 1000 * load }];
      const workload = { warmupMs: 2000, durationMs: 40_000, readShare: 1, clients };
      const { mean, error } = estimate(
        { datacenters: { a: 1 }, links: [], serviceTime: about(1), workload },
        meanLatency,
      );
      expect(Math.abs(mean - 1 / (1 - load))).toBeLessThan(4 * error);
      expect(error / mean).toBeLessThan(0.02);
    },
  );

  it.each([
    ['a constant lag of 10 ms', exactly(10)],
    ['an ordered stream with exponential latencies of mean 10 ms', about(10)],
  ])('reads of one follower behind %s are stale with probability 1 − e^(−λ · 10 ms)', (_, latency) => {
    const { mean, error } = estimate(readersBehind(latency), staleShare);
    expect(Math.abs(mean - (1 - Math.exp(-0.05 * 10)))).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.006);
  });
});
