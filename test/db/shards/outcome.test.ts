import { describe, expect, it } from '@jest/globals';
import type { Claim } from '../../../src/experiments/ports/records';
import type { NewExperiment } from '../../../src/experiments/ports/stores';
import { CRASH_RULE, newExperiment, outcomeOf, shardIds } from '../../support/sample-experiment';
import { useDatabase } from '../../support/open-test-database';

const lab = useDatabase();
const LEASE_MS = 60_000;
const FIRST_IS_LAST = { ...CRASH_RULE, crashesMax: 1 };
const PROGRESS = { fraction: 0.5, simulatedOperations: 10 };

async function submitAndClaim(repetitions = 1): Promise<{ experiment: NewExperiment; claim: Claim }> {
  const experiment = await lab().submit(newExperiment({ repetitions }));
  return { experiment, claim: await lab().claim(shardIds(experiment)[0] ?? 'shd_none') };
}

async function statusOf({ id }: NewExperiment): Promise<string | undefined> {
  const [record] = await lab().database.experiments.findMany([id]);
  return record?.status;
}

/** Every write that a worker may try, told by its name. */
const WRITES: [string, (claim: Claim) => Promise<boolean>][] = [
  ['renew', async (claim) => (await lab().database.shards.renew(claim, LEASE_MS, PROGRESS)) === 'HELD'],
  ['finish', (claim) => lab().database.shards.finish(claim, outcomeOf(claim))],
  ['crash', (claim) => lab().database.shards.crash(claim, 'it went wrong', CRASH_RULE)],
  ['release', (claim) => lab().database.shards.release(claim)],
];

describe('finishing the last shard', () => {
  it('ends the experiment as SUCCEEDED, with one result and no lease', async () => {
    const { experiment, claim } = await submitAndClaim();
    expect(await lab().database.shards.finish(claim, outcomeOf(claim))).toBe(true);
    const [shard] = await lab().select(
      `SELECT "leaseOwner", "leaseUntil", "simulatedOperations", convert_from("measurements", 'UTF8') AS measurements,
         convert_from("scalars", 'UTF8') AS scalars FROM "Shard" JOIN "ShardResult" ON "shardId" = "id" WHERE "id" = $1`,
      [claim.shardId],
    );
    expect(shard).toEqual({
      leaseOwner: null,
      leaseUntil: null,
      simulatedOperations: '3000000000',
      measurements: 'measurements 0.0',
      scalars: 'scalars 0.0',
    });
    expect(await statusOf(experiment)).toBe('SUCCEEDED');
  });

  it('tells the run and the experiment, in words for people', async () => {
    const { experiment, claim } = await submitAndClaim();
    await lab().database.shards.finish(claim, outcomeOf(claim));
    expect((await lab().eventsOf(experiment)).map(({ message }) => message)).toEqual([
      'Submitted with 1 run.',
      'Started.',
      'Run 1 of 1 started.',
      'Run 1 of 1 succeeded.',
      'Succeeded: its run has ended.',
    ]);
  });

  it('numbers people’s runs through all points', async () => {
    const experiment = await lab().submit(newExperiment({ points: 2, repetitions: 2, runsPerShard: 2 }));
    const [, claim] = await lab().claimAll(experiment);
    if (claim !== undefined) await lab().database.shards.finish(claim, outcomeOf(claim));
    const told = (await lab().eventsOf(experiment)).map(({ message }) => message);
    expect(told.at(-1)).toBe('Runs 3 to 4 of 4 succeeded.');
  });
});

describe('a failed shard', () => {
  it('fails the experiment at its end, and the results of the others stay', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 2 }));
    const [bad, good] = await lab().claimAll(experiment);
    if (bad !== undefined) await lab().database.shards.crash(bad, 'it went wrong', FIRST_IS_LAST);
    expect(await statusOf(experiment)).toBe('RUNNING');
    if (good !== undefined) await lab().database.shards.finish(good, outcomeOf(good));
    expect(await statusOf(experiment)).toBe('FAILED');
    expect(await lab().database.experiments.finishedShards(experiment.id, 0)).toHaveLength(1);
    const told = (await lab().eventsOf(experiment)).map(({ message }) => message);
    expect(told).toContain('Run 1 of 2 failed: POISONED: it crashed once; the last time, it went wrong.');
    expect(told.at(-1)).toBe('Failed: 1 of 2 runs failed.');
  });
});

describe('a released shard', () => {
  it('waits again with its next attempt, told, and is looked at by the reconciler at once', async () => {
    const { experiment, claim } = await submitAndClaim();
    expect(await lab().database.shards.release(claim)).toBe(true);
    const waiting = await lab().database.shards.takeWaiting({ notCheckedForMs: 60_000, limit: 100 });
    expect(waiting).toEqual([{ shardId: claim.shardId, attempt: 2 }]);
    expect((await lab().kindsOf(experiment)).at(-1)).toBe('RUN_HANDED_BACK');
  });

  it('is no crash', async () => {
    const { claim } = await submitAndClaim();
    await lab().database.shards.release(claim);
    const [shard] = await lab().select('SELECT "crashes" FROM "Shard" WHERE "id" = $1', [claim.shardId]);
    expect(shard).toEqual({ crashes: 0 });
  });
});

describe('the fence', () => {
  it.each(WRITES)(
    'lets nobody %s with the epoch of a lost lease, and nothing is written',
    async (_, write) => {
      const experiment = await lab().submit(newExperiment());
      const [id = 'shd_none'] = shardIds(experiment);
      const lost = await lab().claim(id, 'ENDED');
      await lab().claim(id);
      const before = await lab().kindsOf(experiment);
      expect(await write(lost)).toBe(false);
      expect(await lab().kindsOf(experiment)).toEqual(before);
    },
  );

  it.each(WRITES)('lets nobody %s twice what has ended', async (_, write) => {
    const { experiment, claim } = await submitAndClaim();
    await lab().database.shards.finish(claim, outcomeOf(claim));
    expect(await write(claim)).toBe(false);
    expect(await statusOf(experiment)).toBe('SUCCEEDED');
  });

  it.each(WRITES)(
    'lets its owner %s after the lease has ended, as long as nobody took it',
    async (_, write) => {
      const experiment = await lab().submit(newExperiment());
      const late = await lab().claim(shardIds(experiment)[0] ?? 'shd_none', 'ENDED');
      expect(await write(late)).toBe(true);
    },
  );

  it('is passed by a renewed lease, which nobody can take', async () => {
    const experiment = await lab().submit(newExperiment());
    const claim = await lab().claim(shardIds(experiment)[0] ?? 'shd_none', 'ENDED');
    await lab().database.shards.renew(claim, LEASE_MS, PROGRESS);
    expect(await lab().tryClaim(claim.shardId)).toBeNull();
  });

  it('refuses an outcome that misses a run', async () => {
    const { claim } = await submitAndClaim();
    const short = { ...outcomeOf(claim), runs: [] };
    await expect(lab().database.shards.finish(claim, short)).rejects.toThrow(
      '0 summaries for a shard of 1 runs',
    );
  });
});
