import { describe, expect, it } from '@jest/globals';
import { newCluster, newKey } from '../support/sample-experiment';
import { useDatabase } from '../support/open-test-database';

const lab = useDatabase();

describe('the cluster store', () => {
  it('gives back a cluster as it was defined', async () => {
    const cluster = newCluster();
    const creation = await lab().database.clusters.insert(cluster, null);
    const [found] = await lab().database.clusters.findMany([cluster.id]);
    expect(found).toEqual({ ...cluster, createdAt: expect.any(Date) });
    expect(creation).toEqual({ kind: 'CREATED', record: found });
  });

  it('answers in the order of the ids, with null where there is none', async () => {
    const [older, newer] = [newCluster(), newCluster()];
    for (const cluster of [older, newer]) await lab().database.clusters.insert(cluster, null);
    const found = await lab().database.clusters.findMany([newer.id, newCluster().id, older.id, newer.id]);
    expect(found.map((record) => record?.id)).toEqual([newer.id, undefined, older.id, newer.id]);
  });

  it('counts what was inserted', async () => {
    const before = await lab().database.clusters.count();
    await lab().database.clusters.insert(newCluster(), null);
    expect(await lab().database.clusters.count()).toBe(before + 1);
  });

  it('replays the first answer to the same key and request', async () => {
    const [key, first] = [newKey(), newCluster()];
    const { kind } = await lab().database.clusters.insert(first, key);
    const again = await lab().database.clusters.insert(newCluster(), key);
    expect([kind, again]).toMatchObject(['CREATED', { kind: 'REPLAYED', record: { id: first.id } }]);
  });
});
