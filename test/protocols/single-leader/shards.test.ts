import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Operation, WriteEffect } from '../../../src/model/operation';
import type { ValueSpec } from '../../../src/model/spec/workload';
import { outlineOfRun } from '../../../src/protocols/create-simulation';
import type { Causality } from '../../../src/protocols/single-leader/settings/shards';
import { about, exactly, type Chronicle, type SceneFault } from '../../engine/scene';
import { lsnIn } from '../../support/lsn-in';
import { appliedBy, writesOf } from './chronicle-views';
import {
  A1,
  B1,
  B2,
  countOf,
  failoverSpec,
  measureFailover,
  playFailover,
  reignsOf,
  traceFailover,
  type FailoverScene,
} from './failover-scene';

const KEYS = 64;
const SHARDS = 4;

function sharded(more: FailoverScene = {}): FailoverScene {
  return {
    ...more,
    others: { shards: SHARDS, ...more.others },
    workload: {
      durationMs: 2000,
      keys: { count: KEYS, distribution: { uniform: { firstKey: 0 } } },
      clients: [{ datacenter: 'a', sessions: 50, ratePerSecond: 300 }],
      ...more.workload,
    },
  };
}

/** Which shard a key of the scene falls to. */
function shardOf(scene: FailoverScene): (key: number) => number {
  return outlineOfRun(failoverSpec(scene), 0).shardOf ?? (() => 0);
}

/** LSNs of the commits of each shard, in their order. */
function lsnsByShard(run: Chronicle, scene: FailoverScene): readonly (readonly number[])[] {
  const shard = shardOf(scene);
  return Array.from({ length: SHARDS }, (_, index) =>
    run.commits.filter(({ key }) => shard(key) === index).map(({ version }) => lsnIn(version)),
  );
}

describe('shards', () => {
  it('[SL35] get their keys by hash: some each, and a key always falls to the same', () => {
    const shard = shardOf(sharded());
    const shards = Array.from({ length: KEYS }, (_, key) => shard(key));
    for (let index = 0; index < SHARDS; index++)
      expect(shards.filter((found) => found === index).length).toBeGreaterThan(KEYS / SHARDS / 3);
    expect(Array.from({ length: KEYS }, (_, key) => shard(key))).toEqual(shards);
  });

  it('[SL35] have a log each, with LSNs of its own', () => {
    const lsns = lsnsByShard(playFailover(sharded()), sharded());
    for (const own of lsns) {
      expect(own.length).toBeGreaterThan(10);
      expect(own).toEqual(own.map((_, index) => index + 1));
    }
  });

  it('[SL35] begin with one leader', () => {
    const run = playFailover(sharded({ workload: { durationMs: 100 } }));
    expect(run.leaderships.map(({ node, epoch, shard, kind }) => [node, epoch, shard, kind])).toEqual(
      [0, 1, 2, 3].map((shard) => [A1, 1, shard, 'BEGAN']),
    );
  });

  it('[SL35] have streams of their own: a late entry of one holds up none of another', () => {
    const overtakes = (shards: number): number => {
      const run = playFailover(
        sharded({ others: { shards }, links: [{ between: ['a', 'b'], latency: about(30) }] }),
      );
      const order = new Map(run.commits.map(({ operation }, index) => [operation, index]));
      const applied = appliedBy(run, B1).map((operation) => order.get(operation) ?? NaN);
      return applied.filter((place, index) => index > 0 && place < applied[index - 1]).length;
    };
    expect(overtakes(1)).toBe(0);
    expect(overtakes(SHARDS)).toBeGreaterThan(10);
  });

  it('[SL35] share the disk of their node: one flush at a time, and all that came meanwhile shares the next', () => {
    const flushes = traceFailover(sharded({ fsync: exactly(10), workload: { readShare: 0 } })).filter(
      (event) => event.type === 'FLUSH' && event.node === A1,
    );
    const times = flushes.map((flush) => ('atMs' in flush ? flush.atMs : NaN));
    expect(times.length).toBeGreaterThan(50);
    for (let index = 1; index < times.length; index++)
      expect(times[index] - times[index - 1]).toBeGreaterThan(9.999);
  });

  it('[SL35] share the processor of their node: as much work takes as long', () => {
    const slowest = (shards: number): number => {
      const run = playFailover(
        sharded({ others: { shards }, serviceTime: exactly(3), workload: { readShare: 0, timeoutMs: 5000 } }),
      );
      return Math.max(...writesOf(run).map(({ invokedAtMs, completedAtMs }) => completedAtMs - invokedAtMs));
    };
    // Nearly overloaded by 300 writes of 3 ms a second; the signs of life of each shard come on top.
    expect(slowest(SHARDS)).toBeGreaterThanOrEqual(slowest(1));
  });

  it('[SL35] fail over each for itself', () => {
    const faults: SceneFault[] = [{ crash: { node: 'a-1', atMs: 1050, restartAfterMs: null } }];
    const run = playFailover(sharded({ faults }));
    expect(run.failovers.map(({ shard, newLeader, epoch }) => [shard, newLeader, epoch])).toEqual(
      [0, 1, 2, 3].map((shard) => [shard, B1, 2]),
    );
  });

  it('[SL35] may be led by several nodes afterwards, each by the one that has most of its log, and clients find them', () => {
    const faults: SceneFault[] = [{ crash: { node: 'a-1', atMs: 1050, restartAfterMs: 500 } }];
    const scene = sharded({ faults, links: [{ between: ['a', 'b'], latency: about(60) }] });
    const run = playFailover(scene, 2n);
    expect(new Set(run.failovers.map(({ newLeader }) => newLeader))).toEqual(new Set([B1, B2]));
    const shard = shardOf(scene);
    const leaderOf = new Map(run.failovers.map((failover) => [failover.shard, failover.newLeader]));
    const late = writesOf(run).filter(({ invokedAtMs, outcome }) => invokedAtMs > 1700 && outcome === 'OK');
    expect(late.length).toBeGreaterThan(20);
    for (const { key, node } of late) expect(node).toBe(leaderOf.get(shard(key)));
    expect(measureFailover(scene).converged).toBe(true);
  });

  it('[SL35] are resumed each by a leader that is back in time', () => {
    const faults: SceneFault[] = [{ crash: { node: 'a-1', atMs: 1050, restartAfterMs: 100 } }];
    const run = playFailover(sharded({ faults }));
    expect(reignsOf({ leaderships: run.leaderships.slice(SHARDS) })).toEqual(
      Array.from({ length: SHARDS }, () => '1170: 0 leads in 1'),
    );
    for (const own of lsnsByShard(run, sharded())) expect(own).toEqual(own.map((_, index) => index + 1));
  });

  it('[SL5] end with equal replicas, whatever crashes', () => {
    const fault = fc.record({
      crash: fc.record({
        node: fc.constantFrom('a-1', 'b-1', 'b-2'),
        atMs: fc.integer({ min: 0, max: 1400 }),
        restartAfterMs: fc.option(fc.integer({ min: 0, max: 900 })),
      }),
    });
    const property = fc.property(
      fc.array(fault, { maxLength: 6 }),
      fc.bigInt({ min: 0n, max: 99n }),
      (faults, seed) => {
        const scene = sharded({
          faults,
          fsync: about(3),
          serviceTime: about(0.2),
          workload: { durationMs: 1500 },
        });
        expect(measureFailover(scene, seed).converged).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 25, seed: 1 });
  });
});

const CHAT: ValueSpec = { messages: { replyShare: 0.7 } };

/** Messages over links of very different latencies; readers in b, one follower there, so that they always read at the same. */
function chat(causality: Causality, more: FailoverScene = {}): FailoverScene {
  return sharded({
    datacenters: { a: 1, b: 1 },
    links: [{ between: ['a', 'b'], latency: about(30) }],
    ...more,
    reads: { policy: 'ANY_FOLLOWER', ...more.reads },
    others: { causality, ...more.others },
    workload: {
      values: CHAT,
      readShare: 0.8,
      keys: { count: 8, distribution: { uniform: { firstKey: 0 } } },
      clients: [
        { datacenter: 'a', sessions: 20, ratePerSecond: 300 },
        { datacenter: 'b', sessions: 10, ratePerSecond: 600 },
      ],
      ...more.workload,
    },
  });
}

const SEEDS = [1n, 2n, 3n];
const prefixAnomalies = (scene: FailoverScene): number =>
  SEEDS.reduce((sum, seed) => sum + countOf(measureFailover(scene, seed), 'CONSISTENT_PREFIX'), 0);

/** Writes as the observer heard of them, with what they answer. */
type HeardWrite = Operation & WriteEffect;
const heardWrites = (run: Chronicle) => writesOf(run) as unknown as readonly HeardWrite[];

/** Answers that a replica applied before what they answer, or without it, of those it applied at all. */
function answersTooEarly(run: Chronicle, node: number): number {
  const place = new Map(appliedBy(run, node).map((operation, index) => [operation, index]));
  return heardWrites(run).filter(({ id, cause }) => {
    const own = place.get(id);
    return cause !== null && own !== undefined && (place.get(cause) ?? Infinity) > own;
  }).length;
}

describe('the consistent prefix', () => {
  it('[SL36] can be missed under NONE with several shards', () => {
    expect(prefixAnomalies(chat('NONE'))).toBeGreaterThan(0);
  });

  it('[SL36] is not missed under NONE with one shard, read at one follower', () => {
    expect(prefixAnomalies(chat('NONE', { others: { shards: 1, causality: 'NONE' } }))).toBe(0);
  });

  it('[SL36] is not missed under SAME_SHARD', () => {
    expect(prefixAnomalies(chat('SAME_SHARD'))).toBe(0);
  });

  it('[SL36] is not missed under TRACKED, at one follower or several', () => {
    expect(prefixAnomalies(chat('TRACKED'))).toBe(0);
    expect(prefixAnomalies(chat('TRACKED', { datacenters: { a: 1, b: 2 } }))).toBe(0);
    expect(prefixAnomalies(chat('NONE', { datacenters: { a: 1, b: 2 } }))).toBeGreaterThan(0);
  });

  it('[SL36] is not missed under TRACKED when followers crash and restart', () => {
    const faults: SceneFault[] = [
      { crash: { node: 'b-1', atMs: 400, restartAfterMs: 100 } },
      { crash: { node: 'b-2', atMs: 800, restartAfterMs: 300 } },
      { pause: { node: 'b-1', atMs: 1200, durationMs: 200 } },
    ];
    expect(prefixAnomalies(chat('TRACKED', { datacenters: { a: 1, b: 2 }, faults, fsync: about(5) }))).toBe(
      0,
    );
  });
});

describe('SAME_SHARD', () => {
  it('[SL36] has all messages in one shard, which may answer each other', () => {
    const scene = chat('SAME_SHARD');
    const shard = shardOf(scene);
    expect(new Set(Array.from({ length: 8 }, (_, key) => shard(key))).size).toBe(1);
    const lsns = playFailover(scene).commits.map(({ version }) => lsnIn(version));
    expect(lsns).toEqual(lsns.map((_, index) => index + 1));
  });

  it('[SL36] spreads values that answer nothing as ever', () => {
    const shard = shardOf(sharded({ others: { causality: 'SAME_SHARD' } }));
    expect(new Set(Array.from({ length: KEYS }, (_, key) => shard(key))).size).toBe(SHARDS);
  });
});

const WRITERS = {
  readShare: 0.5,
  clients: ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 20, ratePerSecond: 300 })),
};

describe('TRACKED', () => {
  it('[SL36] has a replica apply an answer only when it has applied what it answers', () => {
    for (const seed of SEEDS) {
      expect(answersTooEarly(playFailover(chat('TRACKED'), seed), B1)).toBe(0);
      expect(answersTooEarly(playFailover(chat('NONE'), seed), B1)).toBeGreaterThan(0);
    }
  });

  it('[SL36] costs lag: what answers waits, and what is behind it in its log', () => {
    const lag = (causality: Causality) =>
      measureFailover(chat(causality, { workload: WRITERS })).replicationLag.meanMs ?? NaN;
    expect(lag('TRACKED')).toBeGreaterThan(lag('NONE') + 0.5);
  });

  it('[SL36] has a session read its own writes, and never an older version than before', () => {
    for (const kind of ['READ_YOUR_WRITES', 'MONOTONIC_READS']) {
      const found = (causality: Causality) =>
        countOf(measureFailover(chat(causality, { datacenters: { a: 1, b: 2 } })), kind);
      expect(found('TRACKED')).toBe(0);
      expect(found('NONE')).toBeGreaterThan(0);
    }
  });

  it('[SL36] waits at a follower for at most waitMs, and then has the leader answer', () => {
    const faults: SceneFault[] = [{ slowDisk: { node: 'b-1', atMs: 500, durationMs: 1500, factor: 2000 } }];
    const scene = chat('TRACKED', {
      faults,
      fsync: exactly(1),
      links: [{ between: ['a', 'b'], latency: exactly(10) }],
      reads: { waitMs: 40 },
      workload: { clients: [{ datacenter: 'a', sessions: 20, ratePerSecond: 300 }] },
    });
    const late = playFailover(scene).ended.filter(
      ({ kind, invokedAtMs, outcome }) => kind === 'READ' && outcome === 'OK' && invokedAtMs > 700,
    );
    const atLeader = late.filter(({ node }) => node === A1);
    expect(atLeader.length).toBeGreaterThan(0.5 * late.length);
    for (const { invokedAtMs, completedAtMs } of atLeader)
      expect(completedAtMs - invokedAtMs).toBeCloseTo(60, 5);
  });

  it('[SL36] does not wait for ever for what was lost in a failover', () => {
    const faults: SceneFault[] = [{ crash: { node: 'a-1', atMs: 700, restartAfterMs: 300 } }];
    for (const seed of [1n, 2n, 3n, 4n, 5n, 6n]) {
      const scene = chat('TRACKED', { datacenters: { a: 1, b: 2 }, faults, workload: WRITERS });
      const result = measureFailover(scene, seed);
      expect(countOf(result, 'LOST_WRITE')).toBeGreaterThan(0);
      expect(result.converged).toBe(true);
      expect(result.unapplied).toBe(0);
    }
  });
});
