import type { ExperimentResult } from '../../../../src/experiments/result/experiment-result';
import type { AnomalyKind } from '../../../../src/model/anomaly';
import { cluster, QUICK_FAILOVER } from '../cluster';
import { shows, type Chance, type NeverOrCanCase, type Submission } from '../never-or-can';

interface Reading {
  readonly reads: object;
  readonly others?: object;
  /** By default one after which lags are bounded. */
  readonly latency?: object;
  readonly workload?: object;
  readonly faults?: (chance: Chance) => readonly object[];
}

/** A leader, two followers in places of their own, and clients in all three, whom any follower may answer. */
function reading({ reads, others = {}, latency = BOUNDED, workload = {}, faults = () => [] }: Reading) {
  return (chance: Chance): Submission => ({
    cluster: cluster({
      datacenters: { a: 1, b: 1, c: 1 },
      latency,
      singleLeader: { reads, failover: { ...QUICK_FAILOVER, timeoutMs: 5000 }, ...others },
    }),
    workload: {
      durationMs: 1500,
      timeoutMs: 1000,
      readShare: 0.7,
      keys: { count: 4 },
      clients: ['a', 'b', 'c'].map((datacenter) => ({ datacenter, sessions: 5, ratePerSecond: 80 })),
      ...workload,
    },
    faults: faults(chance),
  });
}

const BOUNDED = { uniform: { minMs: 1, maxMs: 40 } };

/** A follower that crashes, one that stands still, and a link that is slow. */
const TROUBLE = (chance: Chance): readonly object[] => [
  { crash: { node: 'b-1', atMs: chance.between(100, 700), restartAfterMs: chance.between(1, 300) } },
  { pause: { node: 'c-1', atMs: chance.between(100, 1000), durationMs: chance.between(1, 300) } },
  {
    slowLink: {
      between: ['a', chance.oneOf(['b', 'c'])],
      atMs: chance.between(0, 1200),
      durationMs: 300,
      factor: chance.oneOf([2, 5]),
    },
  },
];

/** The name of a cure, and runs in which it is put to the test. */
interface Cure {
  readonly name: string;
  readonly reading: Reading;
}

function cures(kind: AnomalyKind, list: readonly Cure[]): readonly NeverOrCanCase[] {
  return list.map(({ name, reading: input }) => ({
    name: `${name} never shows ${kind}`,
    polarity: 'NEVER',
    experiment: reading(input),
    happens: shows(kind),
    isPutToTheTest: hasRead,
  }));
}

function absence(kind: AnomalyKind, name: string, input: Reading): NeverOrCanCase {
  return {
    name: `${name} can show ${kind}`,
    polarity: 'CAN',
    experiment: reading(input),
    happens: shows(kind),
  };
}

function hasRead(result: ExperimentResult): boolean {
  return result.operations({ kind: 'READ' }).ok > 100;
}

const FOLLOWERS = { policy: 'ANY_FOLLOWER' };
const STICKY = { policy: 'STICKY' };
const LSN = { policy: 'LSN_TOKEN', waitMs: 100 };
const TIMESTAMP = { policy: 'TIMESTAMP_TOKEN', waitMs: 100 };
/** Longer than any lag without trouble: a way, the flushes, and what waits in line. */
const WINDOW = { policy: 'LEADER_AFTER_WRITE', windowMs: 200 };

export const READS: readonly NeverOrCanCase[] = [
  ...cures('READ_YOUR_WRITES', [
    { name: 'LEADER_AFTER_WRITE with a window above the lag', reading: { reads: WINDOW } },
    { name: 'TIMESTAMP_TOKEN', reading: { reads: TIMESTAMP, faults: TROUBLE } },
    { name: 'LSN_TOKEN', reading: { reads: LSN, faults: TROUBLE } },
  ]),
  absence('READ_YOUR_WRITES', 'ANY_FOLLOWER', { reads: FOLLOWERS }),
  absence('READ_YOUR_WRITES', 'LEADER_AFTER_WRITE with a window below the lag', {
    reads: { ...WINDOW, windowMs: 5 },
  }),
  ...cures('MONOTONIC_READS', [
    { name: 'STICKY', reading: { reads: STICKY, faults: TROUBLE } },
    { name: 'TIMESTAMP_TOKEN', reading: { reads: TIMESTAMP, faults: TROUBLE } },
    { name: 'LSN_TOKEN', reading: { reads: LSN, faults: TROUBLE } },
  ]),
  absence('MONOTONIC_READS', 'ANY_FOLLOWER', { reads: FOLLOWERS }),
  ...cures('STALE_READ', [{ name: 'LEADER', reading: { reads: { policy: 'LEADER' }, faults: TROUBLE } }]),
  absence('STALE_READ', 'ANY_FOLLOWER', { reads: FOLLOWERS }),
];

const MAX_LAG_MS = 100;

/** A read that missed a write which had been acknowledged for longer than the bound. */
function missesOld(result: ExperimentResult): boolean {
  return result.tVisibility(50).some(({ fromMs, probability }) => fromMs >= MAX_LAG_MS && probability < 1);
}

export const BOUNDED_STALENESS: readonly NeverOrCanCase[] = [
  {
    name: 'LAG_BOUNDED never misses a write that was acknowledged for longer than the bound',
    polarity: 'NEVER',
    experiment: reading({ reads: { policy: 'LAG_BOUNDED', maxLagMs: MAX_LAG_MS }, faults: TROUBLE }),
    happens: missesOld,
    isPutToTheTest: hasRead,
  },
  {
    name: 'ANY_FOLLOWER can miss a write that was acknowledged for longer than that',
    polarity: 'CAN',
    experiment: reading({ reads: FOLLOWERS, faults: TROUBLE }),
    happens: missesOld,
  },
];

/** Messages that answer others, in four logs, and readers beside the followers who soon ask for both. */
function chat(causality: string, input: Omit<Reading, 'others'>): Reading {
  return {
    ...input,
    others: { shards: 4, causality },
    latency: { exponential: { meanMs: 30 } },
    workload: {
      values: { messages: { replyShare: 0.8 } },
      readShare: 0.8,
      keys: { count: 8 },
      clients: [
        { datacenter: 'a', sessions: 20, ratePerSecond: 200 },
        { datacenter: 'b', sessions: 10, ratePerSecond: 400 },
      ],
    },
  };
}

export const CONSISTENT_PREFIX: readonly NeverOrCanCase[] = [
  ...cures('CONSISTENT_PREFIX', [
    {
      name: 'SAME_SHARD, read at one follower a session,',
      reading: chat('SAME_SHARD', { reads: STICKY, faults: TROUBLE }),
    },
    {
      name: 'TRACKED, read at any follower,',
      reading: chat('TRACKED', { reads: FOLLOWERS, faults: TROUBLE }),
    },
  ]),
  absence(
    'CONSISTENT_PREFIX',
    'NONE with four shards, read at one follower a session,',
    chat('NONE', { reads: STICKY }),
  ),
];
