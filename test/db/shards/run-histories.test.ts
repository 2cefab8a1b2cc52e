import { describe, expect, it } from '@jest/globals';
import type { Claim } from '../../../src/experiments/ports/records';
import type { NewExperiment } from '../../../src/experiments/ports/stores';
import { useDatabase } from '../../support/open-test-database';
import { CRASH_RULE, historyOf, newExperiment, outcomeOf, shardIds } from '../../support/sample-experiment';

const lab = useDatabase();
const FIRST_IS_LAST = { ...CRASH_RULE, crashesMax: 1 };

async function claimed(
  lease: 'LIVE' | 'ENDED' = 'LIVE',
): Promise<{ experiment: NewExperiment; claim: Claim }> {
  const experiment = await lab().submit(newExperiment({ repetitions: 2, runsPerShard: 2 }));
  return { experiment, claim: await lab().claim(shardIds(experiment)[0], lease) };
}

const keep = (claim: Claim, repetition = 0): Promise<boolean> =>
  lab().database.shards.keepHistory(claim, historyOf(claim, repetition));

const finish = (claim: Claim): Promise<boolean> => lab().database.shards.finish(claim, outcomeOf(claim));

/** The text of the history that can be read; null if none can. */
async function readable({ id }: NewExperiment, repetition = 0): Promise<string | null> {
  const run = { experimentId: id, point: 0, repetition };
  const history = await lab().database.experiments.history(run);
  expect(await lab().database.experiments.historyDescription(run)).toEqual(history?.description ?? null);
  return history === null ? null : new TextDecoder().decode(history.bytes);
}

async function storedRows({ shardId }: Claim): Promise<number> {
  const rows = await lab().select('SELECT 1 FROM "RunHistory" WHERE "shardId" = $1', [shardId]);
  return rows.length;
}

describe('the history of a run', () => {
  it('can be read when its shard has finished, and not before', async () => {
    const { experiment, claim } = await claimed();
    await keep(claim, 0);
    await keep(claim, 1);
    expect(await readable(experiment, 1)).toBeNull();
    await finish(claim);
    expect(await readable(experiment, 0)).toBe('history 0 of lease 1');
    expect(await readable(experiment, 1)).toBe('history 1 of lease 1');
  });

  it('comes with the spec of its point', async () => {
    const { experiment, claim } = await claimed();
    await keep(claim);
    await finish(claim);
    const run = { experimentId: experiment.id, point: 0, repetition: 0 };
    expect(await lab().database.experiments.history(run)).toMatchObject({ spec: claim.spec });
  });

  it('of which nothing was kept cannot be read', async () => {
    const { experiment, claim } = await claimed();
    await finish(claim);
    expect(await readable(experiment)).toBeNull();
  });

  it('is stored once, however often it is written', async () => {
    const { claim } = await claimed();
    expect([await keep(claim), await keep(claim)]).toEqual([true, true]);
    expect(await storedRows(claim)).toBe(1);
  });
});

describe('a lost lease', () => {
  it('writes no history any more', async () => {
    const { experiment, claim: lost } = await claimed('ENDED');
    const claim = await lab().claim(lost.shardId);
    expect(await keep(lost)).toBe(false);
    await finish(claim);
    expect(await keep(lost)).toBe(false);
    expect(await readable(experiment)).toBeNull();
  });

  it('takes along what it wrote, when somebody else has the shard', async () => {
    const { experiment, claim: lost } = await claimed('ENDED');
    await keep(lost);
    const claim = await lab().claim(lost.shardId);
    expect(await storedRows(lost)).toBe(0);
    await keep(claim);
    await finish(claim);
    expect(await readable(experiment)).toBe(`history 0 of lease ${claim.leaseEpoch}`);
  });

  it.each([
    ['is released', (claim: Claim) => lab().database.shards.release(claim)],
    ['crashes', (claim: Claim) => lab().database.shards.crash(claim, 'it went wrong', CRASH_RULE)],
    [
      'crashes for good',
      (claim: Claim) => lab().database.shards.crash(claim, 'it went wrong', FIRST_IS_LAST),
    ],
  ])('takes along what it wrote, when it %s', async (_, end) => {
    const { claim } = await claimed();
    await keep(claim);
    expect(await end(claim)).toBe(true);
    expect(await storedRows(claim)).toBe(0);
    expect(await keep(claim)).toBe(false);
  });

  it('that loses while it writes leaves nothing that counts', async () => {
    const { experiment, claim: lost } = await claimed('ENDED');
    const [, claim] = await Promise.all([keep(lost), lab().claim(lost.shardId)]);
    await finish(claim);
    expect(await readable(experiment)).toBeNull();
    expect(await storedRows(lost)).toBe(0);
  });
});

describe('a shard that has finished', () => {
  it('takes no more histories', async () => {
    const { experiment, claim } = await claimed();
    await finish(claim);
    expect(await keep(claim)).toBe(false);
    expect(await readable(experiment)).toBeNull();
  });

  it('takes its histories along when its experiment goes', async () => {
    const { experiment, claim } = await claimed();
    await keep(claim);
    await finish(claim);
    await lab().select('DELETE FROM "Experiment" WHERE "id" = $1', [experiment.id]);
    expect(await storedRows(claim)).toBe(0);
  });
});
