import { describe, expect, it } from '@jest/globals';
import { equationOf, predictedSeconds, type ShardCost } from '../../src/experiments/run-cost';
import { useDatabase } from '../support/open-test-database';

const lab = useDatabase();
const COST: ShardCost = { protocol: 'singleLeader', nodes: 3, operations: 1000, runs: 100, seconds: 2 };
const learn = (cost: ShardCost): Promise<void> => lab().database.shards.learnCost(cost);

describe('what shards cost', () => {
  it('is not known at first, then what one shard taught', async () => {
    expect(await lab().database.experiments.runCosts('singleLeader')).toEqual([]);
    await learn(COST);
    expect(await lab().database.experiments.runCosts('singleLeader')).toEqual([
      { protocol: 'singleLeader', nodes: 3, ...equationOf(COST) },
    ]);
  });

  it('is kept apart by protocol and number of nodes, and every shard counts that is learned at the same time', async () => {
    const protocol = 'chain';
    await Promise.all(Array.from({ length: 20 }, () => learn({ ...COST, protocol })));
    await learn({ ...COST, protocol, nodes: 9, seconds: 20 });
    const known = await lab().database.experiments.runCosts(protocol);
    expect(known.map(({ nodes }) => nodes).sort()).toEqual([3, 9]);
    expect(predictedSeconds(COST, known) / 0.02).toBeCloseTo(1, 1);
    expect(predictedSeconds({ ...COST, nodes: 9 }, known) / 0.2).toBeCloseTo(1, 1);
    // Twenty shards with a weight that falls by a twentieth each: (1 − 0.95^20) / 0.05 of one.
    const { runs = NaN } = known.find(({ nodes }) => nodes === 3) ?? {};
    expect(runs / equationOf(COST).runs).toBeCloseTo(12.83, 1);
  });
});
