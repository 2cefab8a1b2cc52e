import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiServer } from '../../../src/api/server/create-server';
import { createCluster } from '../../../src/experiments/create-cluster';
import { newIds } from '../../../src/experiments/new-ids';
import type { ClusterRecord } from '../../../src/experiments/ports/records';
import type { ClusterStore, IdempotencyClaim } from '../../../src/experiments/ports/stores';
import { exampleDocument } from '../../support/graphql-client';
import { emptyLab } from '../support/labs';
import { openServer, post, type GraphqlAnswer } from '../support/server';

const created: ClusterRecord[] = [];
const claims: (IdempotencyClaim | null)[] = [];
const clusters: ClusterStore = {
  insert: async (cluster, claim) => {
    const record = { ...cluster, createdAt: new Date(0) };
    created.push(record);
    claims.push(claim);
    return { kind: 'CREATED', record };
  },
  findMany: async () => [],
  page: async () => ({ items: [], hasNextPage: false, hasPreviousPage: false }),
  count: async () => created.length,
};
const lab = {
  ...emptyLab,
  createCluster: (input: object) => createCluster({ clusters, ids: newIds }, input),
};

const CREATE = `mutation ($input: CreateClusterInput!) {
  createCluster(input: $input) { cluster { id } userErrors { code field message } }
}`;

/** Four nodes under a single leader. */
function four(singleLeader: object, changes: object = {}): object {
  return {
    query: CREATE,
    variables: { input: { name: 'four', nodes: 4, replication: { singleLeader }, ...changes } },
  };
}

/** `CODE at path` of all mistakes. */
function mistakes({ data }: GraphqlAnswer): readonly string[] {
  const { userErrors } = data?.createCluster as { userErrors: { code: string; field: string[] }[] };
  return userErrors.map(({ code, field }) => `${code} at ${field.join('.')}`);
}

describe('createCluster', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await openServer({ lab });
  });
  afterAll(() => server.close());

  it('takes document 13 as written', async () => {
    const answer = await post(server, { query: exampleDocument('13-create-postgres-like.graphql') });
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({
      createCluster: { cluster: { id: expect.stringMatching(/^clu_/) }, userErrors: [] },
    });
    expect(created.at(-1)?.spec.replication.singleLeader).toMatchObject({
      leader: 'a-1',
      acknowledgement: { mode: 'FIRST', count: 2, standbys: ['a-2', 'b-1', 'b-2'], await: 'REMOTE_APPLY' },
      log: { walKeepBytes: 1_073_741_824 },
      initialLog: [
        { node: 'a-1', lsn: 1020 },
        { node: 'a-2', lsn: 1000 },
        { node: 'b-1', lsn: 950 },
      ],
    });
  });

  it('keeps a request with whole numbers of any size apart from others under its idempotency key', async () => {
    for (const walKeepBytes of ['9007199254740991', 9007199254740991, 1])
      await post(server, four({ log: { walKeepBytes } }, { idempotencyKey: 'k' }));
    const [written, same, other] = claims.slice(-3).map((claim) => claim?.requestHash);
    expect(same).toBe(written);
    expect(other).not.toBe(written);
  });

  it.each([
    [
      'more than the followers',
      { acknowledgement: { mode: 'ANY', count: 4 } },
      'OUT_OF_RANGE at acknowledgement.count',
    ],
    ['bytes beyond 2⁵³', { log: { walKeepBytes: '9007199254740992' } }, 'OUT_OF_RANGE at log.walKeepBytes'],
    ['votes', { failover: { election: 'VOTES' } }, 'NOT_SUPPORTED at failover.election'],
    [
      'a circle',
      { cascading: [{ node: 'node-2', upstream: 'node-2' }] },
      'CONFLICTING_SETTINGS at cascading.0.upstream',
    ],
    ['a follower ahead', { initialLog: [{ node: 'node-2', lsn: '1' }] }, 'OUT_OF_RANGE at initialLog.0.lsn'],
  ])('answers %s at its place', async (_what, singleLeader, mistake) => {
    const [code, place] = mistake.split(' at ');
    const answer = await post(server, four(singleLeader));
    expect(mistakes(answer)).toEqual([`${code} at replication.singleLeader.${place}`]);
  });
});
