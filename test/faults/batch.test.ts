import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { FaultLab } from '../support/fault-lab';
import { describeWithRedis } from '../support/redis';

const SCRIPT = path.join(__dirname, '..', '..', 'examples', 'submit-batch.mjs');
const COUNT = 2000;

describeWithRedis('a batch from a script', () => {
  let lab: FaultLab;

  afterEach(() => lab.stop(), 60_000);

  it('of 2,000 experiments over two API processes and four workers is neither lost nor repeated', async () => {
    lab = await FaultLab.start('REDIS');
    const apis = [await lab.addApi(), await lab.addApi()];
    await Promise.all([1, 2, 3, 4].map(() => lab.addWorker()));
    const arguments_ = [
      SCRIPT,
      '--count',
      String(COUNT),
      '--name',
      'two thousand',
      ...apis.map(({ url }) => url),
    ];
    const script = spawn(process.execPath, arguments_, { stdio: ['ignore', 'inherit', 'inherit'] });
    expect(await once(script, 'exit')).toEqual([0, null]);
    const [row] = await lab.query<Record<string, string>>(`
      SELECT count(*) AS experiments, count(DISTINCT "name") AS names,
        count(*) FILTER (WHERE "status" = 'SUCCEEDED' AND "completedRuns" = 1) AS succeeded,
        (SELECT count(*) FROM "ShardResult") AS results,
        (SELECT count(*) FROM "ExperimentEvent" WHERE "kind" = 'RUN_STARTED') AS starts,
        (SELECT count(*) FROM "Shard" WHERE "leaseUntil" IS NOT NULL) AS leases
      FROM "Experiment"`);
    const all = String(COUNT);
    expect(row).toEqual({
      experiments: all,
      names: all,
      succeeded: all,
      results: all,
      starts: all,
      leases: '0',
    });
  }, 300_000);
});
