import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RunRef } from '../../src/model/ids';
import type { NewExperiment, PageRequest } from '../../src/experiments/ports/stores';
import { CRASH_RULE, hashOfRun, newExperiment, outcomeOf } from '../support/sample-experiment';
import { useDatabase } from '../support/open-test-database';

const lab = useDatabase();
type Cursor = Pick<RunRef, 'point' | 'repetition'>;

const SHAPE = { points: 3, repetitions: 5, runsPerShard: 2 };
const RUNS: readonly Cursor[] = Array.from({ length: SHAPE.points * SHAPE.repetitions }, (_, index) => ({
  point: Math.floor(index / SHAPE.repetitions),
  repetition: index % SHAPE.repetitions,
}));
const before = (a: Cursor, b: Cursor): boolean =>
  a.point < b.point || (a.point === b.point && a.repetition < b.repetition);

const limit = fc.integer({ min: 1, max: RUNS.length + 1 });
/** Also of runs that do not exist, up to what an id can say. */
const cursor = fc.option(
  fc.record({
    point: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(9_999_999_999)),
    repetition: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(9_999_999_999)),
  }),
);
const anyRequest: fc.Arbitrary<PageRequest<Cursor>> = fc.oneof(
  fc.record({ direction: fc.constant('FORWARD' as const), limit, after: cursor }),
  fc.record({ direction: fc.constant('BACKWARD' as const), limit, before: cursor }),
);

function windowByDefinition(request: PageRequest<Cursor>): object {
  if (request.direction === 'FORWARD') {
    const { after } = request;
    const rest = RUNS.filter((run) => after === null || before(after, run));
    const hasPreviousPage = rest.length < RUNS.length;
    return { items: rest.slice(0, request.limit), hasNextPage: rest.length > request.limit, hasPreviousPage };
  }
  const { before: end } = request;
  const rest = RUNS.filter((run) => end === null || before(run, end));
  const hasNextPage = rest.length < RUNS.length;
  return { items: rest.slice(-request.limit), hasNextPage, hasPreviousPage: rest.length > request.limit };
}

async function finishFirst(experiment: NewExperiment): Promise<void> {
  const [shard] = experiment.points[0]?.shards ?? [];
  if (shard === undefined) throw new Error('the sample has a shard');
  const claim = await lab().claim(shard.id);
  await lab().database.shards.finish(claim, outcomeOf(claim));
}

describe('pages of runs', () => {
  it('are exactly the asked window in the order of point and repetition, in both directions', async () => {
    const { id } = await lab().submit(newExperiment(SHAPE));
    const sameAsDefinition = async (request: PageRequest<Cursor>): Promise<void> => {
      const page = await lab().database.experiments.runs(id, request);
      const items = page.items.map(({ point, repetition }) => ({ point, repetition }));
      expect({ ...page, items }).toEqual(windowByDefinition(request));
    };
    await fc.assert(fc.asyncProperty(anyRequest, sameAsDefinition));
  });

  it('give each run of a shard its own summary once the shard has ended', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: 3, runsPerShard: 2 }));
    await finishFirst(experiment);
    const { items } = await lab().database.experiments.runs(experiment.id, {
      direction: 'FORWARD',
      limit: 10,
      after: null,
    });
    expect(items.map(({ status, summary }) => ({ status, summary }))).toEqual([
      { status: 'SUCCEEDED', summary: { seed: '0', resultHash: hashOfRun(0, 0), truncated: false } },
      { status: 'SUCCEEDED', summary: { seed: '1', resultHash: hashOfRun(0, 1), truncated: false } },
      { status: 'QUEUED', summary: null },
    ]);
  });

  it('of an unknown experiment are empty', async () => {
    const page = await lab().database.experiments.runs(newExperiment().id, {
      direction: 'FORWARD',
      limit: 10,
      after: null,
    });
    expect(page).toEqual({ items: [], hasNextPage: false, hasPreviousPage: false });
  });
});

describe('one run', () => {
  it('is found by point and repetition, with the reason of its failure', async () => {
    const experiment = await lab().submit(newExperiment({ points: 2, repetitions: 2 }));
    const [, , , last] = await lab().claimAll(experiment);
    if (last !== undefined)
      await lab().database.shards.crash(last, 'it went wrong', { ...CRASH_RULE, crashesMax: 1 });
    const run = { experimentId: experiment.id, point: 1, repetition: 1 };
    const failureReason = expect.stringContaining('it went wrong');
    const expected = { ...run, status: 'FAILED', summary: null, failureReason };
    expect(await lab().database.experiments.findRun(run)).toEqual(expected);
  });

  it.each([
    ['a point after the last', { point: 2, repetition: 0 }],
    ['a repetition after the last of its point', { point: 0, repetition: 2 }],
    ['a number that no column holds', { point: 0, repetition: 9_999_999_999 }],
  ])('with %s is null', async (_, run) => {
    const { id } = await lab().submit(newExperiment({ points: 2, repetitions: 2 }));
    expect(await lab().database.experiments.findRun({ experimentId: id, ...run })).toBeNull();
  });
});
