import { describe, expect, it } from '@jest/globals';
import { keepReconciling, reconcile, type Reconcile } from '../../src/experiments/reconcile';
import { newIds } from '../../src/experiments/new-ids';
import type { QueuedJob } from '../../src/experiments/ports/stores';
import { useDatabase } from '../support/open-test-database';
import { newExperiment, shardIds } from '../support/sample-experiment';

describe('the reconciler', () => {
  const opened = useDatabase();

  /** With a queue that forgets everything. */
  function ports(warned: (facts: object) => void = () => undefined): Reconcile & { enqueued: QueuedJob[] } {
    const enqueued: QueuedJob[] = [];
    return {
      shards: opened().database.shards,
      ids: newIds,
      enqueued,
      queue: {
        enqueue: async (jobs) => void enqueued.push(...jobs),
        missing: async (jobs) => jobs,
      },
      report: { info: () => undefined, warn: warned },
    };
  }

  it('enqueues what crashed and what was forgotten, and counts it', async () => {
    const experiment = await opened().submit(newExperiment({ repetitions: 2 }));
    const [crashed = 'shd_none', forgotten = 'shd_none'] = shardIds(experiment);
    await opened().claim(crashed, 'ENDED');
    await opened().select(`UPDATE "Shard" SET "checkedAt" = to_timestamp(0) WHERE "id" = $1`, [forgotten]);
    const reconciling = ports();
    expect(await reconcile(reconciling)).toEqual({ reclaimed: 1, ended: 0, forgotten: 2 });
    expect(new Set(reconciling.enqueued.map(({ shardId }) => shardId))).toEqual(
      new Set([crashed, forgotten]),
    );
  });

  it('reports an error that nobody expected, and goes on', async () => {
    const stopping = new AbortController();
    const warnings: object[] = [];
    const reconciling = ports((facts) => {
      warnings.push(facts);
      stopping.abort();
    });
    const broken = {
      ...reconciling,
      queue: { ...reconciling.queue, missing: () => Promise.reject(new TypeError('a bug')) },
    };
    await keepReconciling(broken, stopping.signal);
    expect(warnings).toEqual([{ err: new TypeError('a bug') }]);
  });
});
