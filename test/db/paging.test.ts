import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ExperimentId } from '../../src/model/ids';
import type { Page, PageRequest } from '../../src/experiments/ports/stores';
import { newCluster, newExperiment } from '../support/sample-experiment';
import { useDatabase } from '../support/open-test-database';

const lab = useDatabase();
const EXPERIMENTS = 7;

/** What a window of a list is, by definition. */
function windowByDefinition<Id>(list: readonly Id[], request: PageRequest<Id>): Page<Id> {
  const forward = request.direction === 'FORWARD';
  const cursor = forward ? request.after : request.before;
  const at = cursor === null ? (forward ? -1 : list.length) : list.indexOf(cursor);
  const from = forward ? at + 1 : Math.max(0, at - request.limit);
  const to = forward ? Math.min(list.length, from + request.limit) : at;
  return { items: list.slice(from, to), hasNextPage: to < list.length, hasPreviousPage: from > 0 };
}

async function submitSome(): Promise<ExperimentId[]> {
  const experiments = Array.from({ length: EXPERIMENTS }, () => newExperiment());
  for (const experiment of experiments) await lab().submit(experiment);
  return experiments.map(({ id }) => id).reverse();
}

const anyRequest = (ids: readonly ExperimentId[]): fc.Arbitrary<PageRequest<ExperimentId>> => {
  const limit = fc.integer({ min: 1, max: EXPERIMENTS + 1 });
  const cursor = fc.constantFrom(null, ...ids);
  return fc.oneof(
    fc.record({ direction: fc.constant('FORWARD' as const), limit, after: cursor }),
    fc.record({ direction: fc.constant('BACKWARD' as const), limit, before: cursor }),
  );
};

describe('pages of experiments', () => {
  it('are exactly the asked window of the list, newest first, in both directions', async () => {
    const ids = await submitSome();
    const sameAsDefinition = async (request: PageRequest<ExperimentId>): Promise<void> => {
      const page = await lab().database.experiments.page(request);
      const found = { ...page, items: page.items.map(({ id }) => id) };
      expect(found).toEqual(windowByDefinition(ids, request));
    };
    await fc.assert(fc.asyncProperty(anyRequest(ids), sameAsDefinition));
  });

  it('know nothing behind a cursor that is newer than every item', async () => {
    const request = { direction: 'FORWARD', limit: 1, after: newExperiment().id } as const;
    expect(await lab().database.experiments.page(request)).toMatchObject({ hasPreviousPage: false });
  });
});

describe('pages of clusters', () => {
  it('go on from the last item of the page before', async () => {
    const [older, newer] = [newCluster(), newCluster()];
    for (const cluster of [older, newer]) await lab().database.clusters.insert(cluster, null);
    const page = await lab().database.clusters.page({ direction: 'FORWARD', limit: 1, after: newer.id });
    expect(page).toMatchObject({ items: [{ id: older.id }], hasNextPage: false, hasPreviousPage: true });
  });
});
