import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { about, exactly, type Chronicle, type SceneFault } from '../../engine/scene';
import { witnessElections, type ElectionWitness } from './election-witness';
import { A1, noticesOf, playFailover, reignsOf, TIMEOUT_MS, type FailoverScene } from './failover-scene';

const NOBODY_WRITES = {
  durationMs: 2500,
  readShare: 1,
  clients: [{ datacenter: 'a', sessions: 1, ratePerSecond: 1 }],
};
const isolated = (node: string, fromMs: number, toMs: number): SceneFault => ({
  isolate: { node, atMs: fromMs, healAfterMs: toMs - fromMs },
});

describe('the chosen one', () => {
  it('[SL24] asks all nodes but the old leader to promise its new epoch, and leads with the promises of the majority', () => {
    const scene: FailoverScene = {
      datacenters: { a: 1, b: 4 },
      workload: NOBODY_WRITES,
      faults: [{ crash: { node: 'a-1', atMs: 0, restartAfterMs: null } }],
    };
    const { run, witness } = witnessElections(scene);
    expect(run.failovers).toMatchObject([{ newLeader: 1, epoch: 2 }]);
    const { epoch } = run.failovers[0];
    expect(witness.proposals.filter((proposal) => proposal.epoch === epoch).map(({ to }) => to)).toEqual([
      2, 3, 4,
    ]);
    const granted = witness.promises.filter((promise) => promise.epoch === epoch && promise.isGranted);
    expect(granted.length).toBeGreaterThanOrEqual(2);
  });

  it('[SL24] calls upon a node that promises and has more of the log', () => {
    // b-2 has most of the log and is out of reach while the others ask, and back when one of them asks for promises.
    const scene: FailoverScene = {
      datacenters: { a: 1, b: 2, c: 2 },
      links: [
        { between: ['a', 'b'], latency: exactly(10) },
        { between: ['a', 'c'], latency: exactly(10) },
        { between: ['b', 'c'], latency: exactly(10) },
      ],
      others: {
        initialLog: ['a-1', 'b-1', 'b-2', 'c-1', 'c-2'].map((node) => ({
          node,
          lsn: node === 'a-1' || node === 'b-2' ? 10 : 5,
        })),
      },
      workload: NOBODY_WRITES,
      faults: [
        { crash: { node: 'a-1', atMs: 0, restartAfterMs: null } },
        isolated('b-2', 0, 2 * TIMEOUT_MS - 1),
      ],
    };
    const { run, witness } = witnessElections(scene);
    const [first] = witness.proposals;
    expect(first).toMatchObject({ from: 1, to: 2, atMs: 2 * TIMEOUT_MS });
    expect(witness.nominations).toContainEqual({ from: 1, to: 2, atMs: 2 * TIMEOUT_MS });
    expect(run.failovers.map(({ newLeader }) => newLeader)).toEqual([2]);
  });

  it('[SL24] does not do so under PRIORITY, where the log does not decide', () => {
    const scene: FailoverScene = {
      failover: { election: 'PRIORITY', priorities: ['b-1'] },
      others: {
        initialLog: [
          { node: 'a-1', lsn: 9 },
          { node: 'b-2', lsn: 9 },
        ],
      },
      workload: NOBODY_WRITES,
      faults: [{ crash: { node: 'a-1', atMs: 0, restartAfterMs: null } }],
    };
    expect(playFailover(scene).failovers).toMatchObject([{ newLeader: 1, epoch: 2 }]);
  });

  it('[SL24] tries again with a higher epoch if too few promise', () => {
    // c-1 has said how far it is, and is gone before it is asked to promise.
    const scene: FailoverScene = {
      datacenters: { a: 1, b: 1, c: 1 },
      links: (['a b', 'a c', 'b c'] as const).map((pair) => ({
        between: pair.split(' ') as [string, string],
        latency: exactly(10),
      })),
      workload: NOBODY_WRITES,
      faults: [
        { crash: { node: 'a-1', atMs: 0, restartAfterMs: null } },
        isolated('c-1', TIMEOUT_MS + 25, 1500),
      ],
    };
    const { run, witness } = witnessElections(scene);
    expect(run.failovers).toHaveLength(1);
    expect(run.failovers[0].atMs).toBeGreaterThan(1500);
    expect(run.failovers[0].epoch).toBeGreaterThan(2);
    expect(witness.promises.filter(({ isGranted, atMs }) => isGranted && atMs < 1500)).toEqual([]);
  });
});

describe('a promise', () => {
  it('[SL24] is not given to one who does not know the newest leader: it hears of it instead', () => {
    // b-3 misses the election of b-1, then hears only b-2, and asks about a leader who is long replaced.
    const scene: FailoverScene = {
      datacenters: { a: 1, b: 3 },
      workload: NOBODY_WRITES,
      faults: [
        { crash: { node: 'a-1', atMs: 0, restartAfterMs: null } },
        isolated('b-3', 200, 700),
        { partition: { from: ['b-1'], to: ['b-3'], atMs: 200, healAfterMs: 1000 } },
      ],
    };
    const { run, witness } = witnessElections(scene);
    expect(run.failovers).toMatchObject([{ newLeader: 1, epoch: 2 }]);
    const [told] = witness.outdated.filter(({ to }) => to === 3);
    expect(told).toMatchObject({ from: 2, epoch: 2 });
    expect(told.atMs).toBeGreaterThanOrEqual(700);
    expect(witness.promises.filter(({ to }) => to === 3)).toEqual([]);
  });
});

/** Promises of one epoch by one node to several others; the copy of a message that came twice is the same promise. */
function promisesToSeveral({ promises }: ElectionWitness): readonly string[] {
  const promisedTo = new Map<string, number>();
  return promises
    .filter(({ isGranted }) => isGranted)
    .filter(({ from, to, epoch }) => {
      const known = promisedTo.get(`${from} ${epoch}`);
      promisedTo.set(`${from} ${epoch}`, to);
      return known !== undefined && known !== to;
    })
    .map(({ from, to, epoch }) => `${from} promised ${epoch} to ${to} as well`);
}

/** Elections in which several nodes asked for promises: by the epoch of the leader to be replaced. */
function contested({ proposals }: ElectionWitness): number {
  const candidates = new Map<number, Set<number>>();
  for (const { from, knownEpoch } of proposals)
    candidates.set(knownEpoch, (candidates.get(knownEpoch) ?? new Set()).add(from));
  return [...candidates.values()].filter(({ size }) => size > 1).length;
}

/** Of each epoch, who began to lead in it. */
function leadersByEpoch({
  leaderships,
}: Pick<Chronicle, 'leaderships'>): ReadonlyMap<number, ReadonlySet<number>> {
  const leaders = new Map<number, Set<number>>();
  for (const { epoch, node, kind } of leaderships)
    if (kind === 'BEGAN') leaders.set(epoch, (leaders.get(epoch) ?? new Set()).add(node));
  return leaders;
}

describe('elections, whatever happens', () => {
  const node = fc.constantFrom('a-1', 'b-1', 'b-2', 'c-1', 'c-2');
  const time = fc.integer({ min: 0, max: 2400 });
  const lasts = fc.integer({ min: 1, max: 900 });
  const fault: fc.Arbitrary<SceneFault> = fc.oneof(
    fc.record({ crash: fc.record({ node, atMs: time, restartAfterMs: lasts }) }),
    fc.record({ pause: fc.record({ node, atMs: time, durationMs: lasts }) }),
    fc.record({ isolate: fc.record({ node, atMs: time, healAfterMs: lasts }) }),
    fc.record({
      partition: fc.record({
        from: node.map((name) => [name]),
        to: node.map((name) => [name]),
        atMs: time,
        healAfterMs: lasts,
      }),
    }),
  );
  const scene = (faults: readonly SceneFault[], fencing: 'NONE' | 'EPOCH' | 'STONITH'): FailoverScene => ({
    datacenters: { a: 1, b: 2, c: 2 },
    links: (['a b', 'a c', 'b c'] as const).map((pair) => ({
      between: pair.split(' ') as [string, string],
      latency: about(20),
      loss: 0.1,
      duplication: 0.1,
    })),
    failover: { fencing, promotionMs: 30 },
    workload: {
      durationMs: 2500,
      timeoutMs: 200,
      clients: [{ datacenter: 'b', sessions: 5, ratePerSecond: 20 }],
    },
    faults,
  });
  /** A direction needs two ends. */
  const faults = fc
    .array(fault, { minLength: 1, maxLength: 12 })
    .map((list) =>
      list.filter(
        (one) =>
          !('partition' in one && 'from' in one.partition && one.partition.from[0] === one.partition.to[0]),
      ),
    );
  const seed = fc.bigInt({ min: 0n, max: 999n });

  it.each(['EPOCH', 'STONITH', 'NONE'] as const)(
    '[SL24] an epoch has one leader, and a node promises it to one only, under %s',
    (fencing) => {
      let rivals = 0;
      const property = fc.property(faults, seed, (list, number) => {
        const { run, witness } = witnessElections(scene(list, fencing), number);
        expect(promisesToSeveral(witness)).toEqual([]);
        for (const leaders of leadersByEpoch(run).values()) expect(leaders.size).toBe(1);
        rivals += contested(witness);
      });
      fc.assert(property, { numRuns: 80, seed: 1 });
      // Otherwise the test would show nothing.
      expect(rivals).toBeGreaterThan(3);
    },
  );

  it('[SL24] epochs of new leaders rise with time', () => {
    const property = fc.property(faults, seed, (list, number) => {
      const { failovers } = playFailover(scene(list, 'EPOCH'), number);
      const epochs = failovers.map(({ epoch }) => epoch);
      expect(epochs).toEqual([...epochs].sort((one, other) => one - other));
      expect(new Set(epochs).size).toBe(epochs.length);
    });
    fc.assert(property, { numRuns: 40, seed: 2 });
  });

  it('there is one leader at the end, and all nodes hold the same', () => {
    const property = fc.property(faults, seed, (list, number) => {
      const run = playFailover(scene(list, 'EPOCH'), number);
      const [{ states }] = run.settles;
      expect(new Set(states.map(({ versions }) => JSON.stringify(versions))).size).toBe(1);
    });
    fc.assert(property, { numRuns: 60, seed: 3 });
  });
});

describe('visibility consensus', () => {
  // b-1 does not hear the leader, and b-2 does.
  const scene: FailoverScene = {
    workload: NOBODY_WRITES,
    faults: [{ partition: { from: ['a-1'], to: ['b-1'], atMs: 500, healAfterMs: 1000 } }],
  };

  it('[SL25] keeps followers from replacing a leader that one of them hears', () => {
    const run = playFailover({ ...scene, failover: { visibilityConsensus: true } });
    expect(noticesOf(run, 'DECLARED_DEAD').map(({ node }) => node)).toEqual([1]);
    expect(noticesOf(run, 'ELECTED')).toEqual([]);
    expect(reignsOf(run)).toEqual(['0: 0 leads in 1']);
  });

  it('[SL25] is not asked for otherwise: then there is a failover that nobody needed', () => {
    const run = playFailover(scene);
    expect(run.failovers).toMatchObject([{ condition: 'RUNNING', oldLeader: A1 }]);
  });

  it('[SL25] does not hinder a failover of a leader that nobody hears', () => {
    const failover = { visibilityConsensus: true };
    const crash = { crash: { node: 'a-1', atMs: 500, restartAfterMs: null } };
    expect(playFailover({ ...scene, failover, faults: [crash] }).failovers).toHaveLength(1);
  });

  it('[SL25] lets a follower that has just begun to miss the leader join the others', () => {
    // b-2 hears a last sign of life when b-1 hears none any more.
    const faults = [
      { partition: { from: ['a-1'], to: ['b-1'], atMs: 500, healAfterMs: null } },
      { crash: { node: 'a-1', atMs: 690, restartAfterMs: null } },
    ];
    const run = playFailover({ ...scene, failover: { visibilityConsensus: true }, faults });
    const [first, second] = noticesOf(run, 'DECLARED_DEAD');
    expect(second.atMs).toBeGreaterThan(first.atMs);
    expect(run.failovers).toHaveLength(1);
    expect(run.failovers[0].electedAtMs).toBeGreaterThanOrEqual(second.atMs);
  });
});
