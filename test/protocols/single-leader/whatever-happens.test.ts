import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shardOfKey } from '../../../src/protocols/single-leader/shards';
import { anyCluster, CLUSTER_KEYS, DURATION_MS, specOfCluster, type AnyCluster } from './any-cluster';
import { isSafe, safely, withoutFailover } from './any-cluster-that';
import { staleReadsOf } from './chronicle-views';
import { playSpec } from './leader-scene';
import { LogWitness } from './log-witness';

/** As long as settling may take at most; a run that comes to rest takes less. */
const SETTLE_MS_MAX = 60_000;

function witnessOf(cluster: AnyCluster): LogWitness {
  const [leaderLsn = 0] = cluster.settings.initialLog.map(({ lsn }) => lsn);
  const observer = new LogWitness(CLUSTER_KEYS, shardOfKey(cluster.settings, cluster), [leaderLsn]);
  playSpec(specOfCluster(cluster), { observer, seed: cluster.seed });
  return observer;
}

/** Plays many clusters, each under its own nemesis. What was thrown fails the test as well. */
function always(
  clusters: fc.Arbitrary<AnyCluster>,
  numRuns: number,
  holds: (witness: LogWitness, cluster: AnyCluster) => void,
): void {
  const property = fc.property(clusters, (cluster) => {
    holds(witnessOf(cluster), cluster);
  });
  fc.assert(property, { numRuns, seed: 1 });
}

/** Replicas of a WAL that run different versions at the end are as far apart as their upgrades. */
function canAgree({ settings }: AnyCluster, { faults, settles }: LogWitness): boolean {
  const upgrades = settles[0].states.map(
    ({ node }) => faults.filter((fault) => fault.kind === 'UPGRADE' && fault.node === node).length,
  );
  return settings.log.format !== 'WAL' || new Set(upgrades).size === 1;
}

function expectAgreement(witness: LogWitness, shards: number): void {
  const [{ atMs, states }] = witness.settles;
  const [first, ...others] = states;
  for (const { node, versions, values } of others) {
    expect(versions).toEqual(first.versions);
    expect(values).toEqual(first.values);
    for (let shard = 0; shard < shards; shard++)
      expect(witness.endOf(node, shard)).toBe(witness.endOf(first.node, shard));
  }
  expect(atMs).toBeLessThan(DURATION_MS + SETTLE_MS_MAX);
  const { acknowledged, lost, kept } = witness.fates;
  expect(lost.length + kept).toBe(acknowledged);
}

/** The entries that two replicas know of are the same, shard by shard. */
function expectOneLog(witness: LogWitness, shards: number): void {
  for (let shard = 0; shard < shards; shard++)
    for (const { node } of witness.settles[0].states) expect(witness.differenceOf(0, node, shard)).toBeNull();
}

describe('a single leader, whatever happens', () => {
  it('[SL5] comes to rest with equal replicas, whose logs are one, and which have all of a write or nothing', () => {
    always(anyCluster, 250, (witness, cluster) => {
      if (!canAgree(cluster, witness)) return;
      expectAgreement(witness, cluster.settings.shards);
      expectOneLog(witness, cluster.settings.shards);
    });
  });

  it('[SL15] loses nothing that it acknowledged if whoever may lead has it on its disk, and epochs fence', () => {
    always(safely(anyCluster), 120, (witness, cluster) => {
      expect(isSafe(cluster)).toBe(true);
      expect(witness.fates.lost).toEqual([]);
    });
  });

  it('[SL12] loses nothing that it acknowledged if nobody replaces the leader, and reads nothing stale from it', () => {
    always(withoutFailover(anyCluster), 80, (witness, cluster) => {
      expect(witness.fates.lost).toEqual([]);
      expect(witness.discards).toEqual([]);
      if (cluster.settings.reads.policy === 'LEADER') expect(staleReadsOf(witness)).toBe(0);
    });
  });

  it('[SL13] has each follower that is live again go through the five steps in their order', () => {
    always(anyCluster, 80, (witness) => {
      for (const recovery of witness.recoveries) {
        const { restartedAtMs, positionKnownAtMs, answeredAtMs, caughtUpAtMs, liveAtMs } = recovery;
        const steps = [restartedAtMs, positionKnownAtMs, answeredAtMs, caughtUpAtMs, liveAtMs];
        expect(steps).toEqual([...steps].sort((one, other) => one - other));
      }
    });
  });
});
