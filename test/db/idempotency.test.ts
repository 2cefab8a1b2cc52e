import { describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../src/db/open-database';
import type { Creation, IdempotencyClaim } from '../../src/experiments/ports/stores';
import type { ExperimentRecord } from '../../src/experiments/ports/records';
import { newExperiment, newKey } from '../support/sample-experiment';
import { MIGRATIONS_FOLDER, useDatabase } from '../support/open-test-database';

const lab = useDatabase();
const DUPLICATES = 50;

/** As two API processes would: each with a pool of its own. */
async function submitOverTwoPools(key: IdempotencyClaim): Promise<Creation<ExperimentRecord>[]> {
  const other = openDatabase(lab().url, { migrationsFolder: MIGRATIONS_FOLDER });
  const submissions = Array.from({ length: DUPLICATES }, (_, index) =>
    (index % 2 === 0 ? lab().database : other).experiments.insert(newExperiment(), key),
  );
  return Promise.all(submissions).finally(() => other.close());
}

const idOf = (creation: Creation<ExperimentRecord>): string =>
  creation.kind === 'MISMATCH' ? 'none' : creation.record.id;

describe('an idempotency key', () => {
  it('makes one experiment of 50 submissions at once over two pools, and all learn its id', async () => {
    const before = await lab().database.experiments.count();
    const creations = await submitOverTwoPools(newKey());
    expect(creations.filter(({ kind }) => kind === 'CREATED')).toHaveLength(1);
    expect(creations.filter(({ kind }) => kind === 'REPLAYED')).toHaveLength(DUPLICATES - 1);
    expect(new Set(creations.map(idOf)).size).toBe(1);
    expect(await lab().database.experiments.count()).toBe(before + 1);
  });

  it('with another request is a mismatch, and nothing is written', async () => {
    const [key, other] = [newKey('one'), newExperiment()];
    await lab().database.experiments.insert(newExperiment(), key);
    const answer = await lab().database.experiments.insert(other, { ...key, requestHash: 'another' });
    expect(answer).toEqual({ kind: 'MISMATCH' });
    expect(await lab().database.experiments.findMany([other.id])).toEqual([null]);
  });

  it('of another mutation is another key', async () => {
    const key = newKey();
    await lab().database.experiments.insert(newExperiment(), key);
    const answer = await lab().database.experiments.insert(newExperiment(), { ...key, scope: 'other' });
    expect(answer.kind).toBe('CREATED');
  });

  it('is free again when the submission that used it failed', async () => {
    const [key, taken] = [newKey(), await lab().submit(newExperiment())];
    await expect(lab().database.experiments.insert(taken, key)).rejects.toThrow();
    expect((await lab().database.experiments.insert(newExperiment(), key)).kind).toBe('CREATED');
  });

  it('replays the experiment as it is now', async () => {
    const [key, experiment] = [newKey(), newExperiment()];
    await lab().database.experiments.insert(experiment, key);
    await lab().claimAll(experiment);
    const answer = await lab().database.experiments.insert(newExperiment(), key);
    expect(answer).toMatchObject({ kind: 'REPLAYED', record: { id: experiment.id, status: 'RUNNING' } });
  });
});

describe('purging idempotency keys', () => {
  it('forgets those older than 48 hours and keeps the others', async () => {
    const [old, young] = [newKey(), newKey()];
    for (const key of [old, young]) await lab().database.experiments.insert(newExperiment(), key);
    const age = (key: IdempotencyClaim, hours: number): Promise<object[]> =>
      lab().select(
        'UPDATE "IdempotencyKey" SET "createdAt" = now() - make_interval(hours => $1) WHERE "key" = $2',
        [hours, key.key],
      );
    await age(old, 49);
    await age(young, 47);
    expect(await lab().database.purgeIdempotencyKeys()).toBe(1);
    expect((await lab().database.experiments.insert(newExperiment(), young)).kind).toBe('REPLAYED');
  });
});
