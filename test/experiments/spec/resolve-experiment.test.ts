import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  clusterInput,
  experimentInput,
  pairInput,
  places,
  resolveExperimentInput,
  workloadInput,
} from '../../support/submissions';

const CRASH = { node: 'node-2', atMs: 500 };

const WRONG: readonly (readonly [string, object, string])[] = [
  ['no events at all', { eventBudget: 0 }, 'OUT_OF_RANGE at eventBudget'],
  ['half an event', { eventBudget: 1.5 }, 'OUT_OF_RANGE at eventBudget'],
  ['more events than days can play', { eventBudget: 1e13 }, 'OUT_OF_RANGE at eventBudget'],
  ['no workload', { workload: null }, 'REQUIRED at workload.durationMs'],
  [
    'a duration of zero',
    { workload: workloadInput({ durationMs: 0 }) },
    'OUT_OF_RANGE at workload.durationMs',
  ],
  [
    'a rate of zero',
    { workload: workloadInput({ clients: [{ ratePerSecond: 0 }] }) },
    'OUT_OF_RANGE at workload.clients.0.ratePerSecond',
  ],
  [
    'a negative read share',
    { workload: workloadInput({ readShare: -0.1 }) },
    'OUT_OF_RANGE at workload.readShare',
  ],
  [
    'a read share above 1',
    { workload: workloadInput({ readShare: 1.0000001 }) },
    'OUT_OF_RANGE at workload.readShare',
  ],
  ['no clients', { workload: workloadInput({ clients: [] }) }, 'REQUIRED at workload.clients'],
  [
    'no sessions',
    { workload: workloadInput({ clients: [{ sessions: 0, ratePerSecond: 1 }] }) },
    'OUT_OF_RANGE at workload.clients.0.sessions',
  ],
  [
    'clients in a datacenter of a cluster without',
    { workload: workloadInput({ clients: [{ datacenter: 'seoul', ratePerSecond: 1 }] }) },
    'UNKNOWN_NAME at workload.clients.0.datacenter',
  ],
  ['no keys', { workload: workloadInput({ keys: { count: 0 } }) }, 'OUT_OF_RANGE at workload.keys.count'],
  [
    'two key distributions',
    { workload: workloadInput({ keys: { distribution: { uniform: {}, zipfian: {} } } }) },
    'EXACTLY_ONE_OF at workload.keys.distribution',
  ],
  [
    'a first key beyond the last',
    { workload: workloadInput({ keys: { count: 10, distribution: { uniform: { firstKey: 10 } } } }) },
    'OUT_OF_RANGE at workload.keys.distribution.uniform.firstKey',
  ],
  [
    '10¹² operations',
    { workload: workloadInput({ durationMs: 1e6, clients: [{ ratePerSecond: 1e9 }] }) },
    'BUDGET_EXCEEDED at workload',
  ],
  [
    'more versions than memory holds',
    { cluster: clusterInput({ nodes: 1000 }), workload: workloadInput({ keys: { count: 1_000_000 } }) },
    'BUDGET_EXCEEDED at workload.keys.count',
  ],
  [
    'more applies than anybody waits for',
    {
      cluster: clusterInput({ nodes: 1000 }),
      workload: workloadInput({ durationMs: 100_000, clients: [{ ratePerSecond: 100_000 }] }),
    },
    'BUDGET_EXCEEDED at workload',
  ],
  ['a million repetitions', { repetitions: 1_000_000 }, 'BUDGET_EXCEEDED at repetitions'],
  ['no repetitions', { repetitions: 0 }, 'OUT_OF_RANGE at repetitions'],
  [
    'a fault on an unknown node',
    { faults: [{ crash: { ...CRASH, node: 'node-4' } }] },
    'UNKNOWN_NAME at faults.0.crash.node',
  ],
  [
    'a fault after the end',
    { faults: [{ crash: { ...CRASH, atMs: 1000 } }] },
    'FAULT_AFTER_END at faults.0.crash.atMs',
  ],
  [
    'a fault before the warm-up',
    { faults: [{ restart: { ...CRASH, atMs: -1 } }] },
    'OUT_OF_RANGE at faults.0.restart.atMs',
  ],
  [
    'a restart after no time',
    { faults: [{ crash: { ...CRASH, restartAfterMs: 0 } }] },
    'OUT_OF_RANGE at faults.0.crash.restartAfterMs',
  ],
  ['two faults in one', { faults: [{ crash: CRASH, restart: CRASH }] }, 'EXACTLY_ONE_OF at faults.0'],
  ['seed -1', { seed: '-1' }, 'INVALID_SEED at seed'],
  ['seed 2⁶⁴', { seed: '18446744073709551616' }, 'INVALID_SEED at seed'],
  ['seed "abc"', { seed: 'abc' }, 'INVALID_SEED at seed'],
  ['a seed that is a number', { seed: 7 }, 'INVALID_SEED at seed'],
  ['a cluster and a cluster id', { clusterId: 'clu_0' }, 'EXACTLY_ONE_OF at '],
];

describe('an experiment', () => {
  it.each(WRONG)('with %s is refused', async (_what, change, expected) => {
    const { problems } = await resolveExperimentInput(experimentInput(change));
    expect(places(problems)).toContain(expected);
    expect(new Set(problems.map(({ code }) => code)).size).toBeLessThanOrEqual(2);
  });

  it.each(['clu_0', 'exp_01ARZ3NDEKTSV4RRFFQ69G5FAV', 'clu_01arz3ndektsv4rrffq69g5fav', ''])(
    'with the cluster id "%s" of no cluster is refused, with its other problems and no guesses',
    async (clusterId) => {
      const input = experimentInput({ cluster: null, clusterId, repetitions: 0, faults: [{ crash: CRASH }] });
      expect(places((await resolveExperimentInput(input)).problems)).toEqual([
        'NOT_FOUND at clusterId',
        'OUT_OF_RANGE at repetitions',
      ]);
    },
  );

  it('must say where its clients are if the cluster has datacenters', async () => {
    const { problems } = await resolveExperimentInput(experimentInput({ cluster: pairInput() }));
    expect(places(problems)).toEqual(['REQUIRED at workload.clients.0.datacenter']);
  });

  it('names the limit and what was found when it is too large', async () => {
    const { problems } = await resolveExperimentInput(experimentInput({ repetitions: 1_000_000 }));
    expect(problems[0].message).toMatch(/1,000,000 runs; at most 100,000/);
  });

  it.each(['0', '42', '18446744073709551615'])('takes the seed %s', async (seed) => {
    expect((await resolveExperimentInput(experimentInput({ seed }))).resolved?.seed).toBe(BigInt(seed));
  });

  it('has every default filled in', async () => {
    const { resolved, problems } = await resolveExperimentInput(experimentInput());
    expect(problems).toEqual([]);
    expect(resolved).toMatchObject({
      name: 'first',
      clusterId: null,
      seed: 0n,
      repetitions: 1,
      spec: {
        workload: {
          durationMs: 1000,
          warmupMs: 0,
          clients: [{ datacenter: null, sessions: 1, ratePerSecond: 100 }],
          readShare: 0.5,
          keys: { count: 1000, distribution: { uniform: { firstKey: 0 } } },
          timeoutMs: 5000,
          valueBytes: 1000,
        },
        faults: [],
      },
    });
  });

  it('resolved once more is the same', async () => {
    const { resolved } = await resolveExperimentInput(experimentInput({ faults: [{ crash: CRASH }] }));
    const again = await resolveExperimentInput({ name: 'first', ...resolved?.spec });
    expect(again).toEqual({ resolved, problems: [] });
  });

  it.each<[string, object]>([
    ['no protocol', {}],
    ['an unknown protocol', { paxos: {} }],
  ])('answers with problems where its cluster has %s', async (_what, replication) => {
    const { problems } = await resolveExperimentInput(
      experimentInput({ cluster: clusterInput({ replication }) }),
    );
    expect(problems.map(({ code }) => code)).toContain('EXACTLY_ONE_OF');
  });

  it('answers with problems, never with an exception, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), fc.anything(), async (whole, part) => {
        await resolveExperimentInput(whole);
        await resolveExperimentInput(
          experimentInput({ workload: part, faults: part, repetitions: part, seed: part }),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the budget of events', () => {
  const budgetOf = async (changes: object): Promise<number | undefined> =>
    (await resolveExperimentInput(experimentInput(changes))).resolved?.spec.eventBudget;

  it('is what its author says', async () => {
    expect(await budgetOf({ eventBudget: 12_345 })).toBe(12_345);
  });

  it('is by default far more than the events of the operations, and grows with them', async () => {
    const loads = [10, 1000, 100_000].map((ratePerSecond) =>
      budgetOf({ workload: workloadInput({ durationMs: 10_000, clients: [{ ratePerSecond }] }) }),
    );
    const [small = NaN, medium = NaN, large = NaN] = await Promise.all(loads);
    expect(small).toBeGreaterThan(100 * 100);
    expect(medium).toBeGreaterThan(100 * 10_000);
    expect(large).toBeGreaterThan(100 * 1_000_000);
    expect(small < medium && medium < large).toBe(true);
  });

  it.each<[string, object, number]>([
    ['signs of life', { failover: { heartbeatIntervalMs: 0.1 } }, 1],
    ['signs of life of every shard', { failover: { heartbeatIntervalMs: 1 }, shards: 10 }, 1],
    ['those that a bound on the lag needs', { reads: { policy: 'LAG_BOUNDED', maxLagMs: 0.4 } }, 1],
    ['signs of life to many nodes', { failover: { heartbeatIntervalMs: 0.1 } }, 9],
  ])('is enough for an hour of %s', async (_what, singleLeader, nodes) => {
    const cluster = clusterInput({ nodes, replication: { singleLeader } });
    const workload = workloadInput({ durationMs: 3_600_000 });
    const perMs = ((await budgetOf({ cluster, workload })) ?? NaN) / 3_660_000;
    // Ten signs of life a millisecond, each with a timer and its work, and its message and its timer for each node.
    expect(perMs).toBeGreaterThan(10 * (2 + 4 * nodes));
  });
});
