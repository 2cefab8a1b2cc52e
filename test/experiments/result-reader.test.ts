import { describe, expect, it } from '@jest/globals';
import { ENGINE_VERSION } from '../../src/engine/engine-version';
import { executeShard } from '../../src/experiments/execute-shard';
import type { NewExperiment } from '../../src/experiments/ports/stores';
import { newIds } from '../../src/experiments/new-ids';
import { NO_FAILPOINT } from '../../src/experiments/ports/failpoint';
import { ResultReader } from '../../src/experiments/result-reader';
import { InlineSimulator } from '../support/inline-simulator';
import { useDatabase } from '../support/open-test-database';
import { newExperiment, shardIds } from '../support/sample-experiment';

const NOBODY = { info: () => undefined, warn: () => undefined };
const RUNS = 120;

describe('reading results', () => {
  const opened = useDatabase();

  const submitted = (): Promise<NewExperiment> =>
    opened().submit({ ...newExperiment({ repetitions: RUNS }), engineVersion: ENGINE_VERSION });

  async function run(experiment: NewExperiment, fromShard: number, toShard: number): Promise<void> {
    const ports = {
      shards: opened().database.shards,
      simulator: new InlineSimulator(),
      ids: newIds,
      failpoint: NO_FAILPOINT,
      report: NOBODY,
      owner: 'tested',
      leaseMs: 60_000,
      renewMs: 60_000,
    };
    for (const shard of shardIds(experiment).slice(fromShard, toShard))
      await executeShard(ports, shard, new AbortController().signal);
  }

  it('is null before the first run has ended', async () => {
    const { id } = await submitted();
    expect(await new ResultReader(opened().database.experiments).read(id, 0)).toBeNull();
  });

  it('holds what has ended so far, and gives the same whether it was looked at on the way or not', async () => {
    const experiment = await submitted();
    const often = new ResultReader(opened().database.experiments);
    await run(experiment, 60, 70);
    expect((await often.read(experiment.id, 0))?.runs).toBe(10);
    await run(experiment, 0, 60);
    const together = await Promise.all([often.read(experiment.id, 0), often.read(experiment.id, 0)]);
    expect(together.map((result) => result?.runs)).toEqual([70, 70]);
    await run(experiment, 70, RUNS);
    const once = await new ResultReader(opened().database.experiments).read(experiment.id, 0);
    expect(once?.runs).toBe(RUNS);
    expect(await often.read(experiment.id, 0)).toEqual(once);
  });
});
