import fc from 'fast-check';
import type { ExperimentSpec } from '../../../src/model/spec/experiment';
import type { NemesisKind } from '../../../src/model/spec/nemesis';
import type { ValueSpec } from '../../../src/model/spec/workload';
import {
  ACKNOWLEDGEMENT_MODES,
  AWAITED,
  WAIT_POINTS,
} from '../../../src/protocols/single-leader/settings/acknowledgement';
import { DEFAULT_FAILOVER, FENCINGS } from '../../../src/protocols/single-leader/settings/failover';
import { LOG_FORMATS } from '../../../src/protocols/single-leader/settings/log';
import { DEFAULT_READS, READ_POLICIES } from '../../../src/protocols/single-leader/settings/reads';
import {
  DEFAULT_SINGLE_LEADER,
  type SingleLeaderSettings,
} from '../../../src/protocols/single-leader/settings/settings';
import { CAUSALITIES } from '../../../src/protocols/single-leader/settings/shards';
import { about, exactly, specOf, type SceneFault } from '../../engine/scene';

/** A cluster, its settings and what befalls it, all small and fast: a failover takes a tenth of a second. */
export interface AnyCluster {
  readonly a: number;
  readonly b: number;
  readonly latencyMs: number;
  readonly loss: number;
  readonly serviceMs: number;
  readonly values: ValueSpec;
  readonly settings: SingleLeaderSettings;
  readonly kinds: readonly NemesisKind[];
  readonly upgradeAtMs: number | null;
  readonly seed: bigint;
}

export const CLUSTER_KEYS = 12;
export const DURATION_MS = 2000;

const kinds = fc.constantFrom<readonly NemesisKind[]>(
  ['CRASH'],
  ['PAUSE'],
  ['PARTITION'],
  ['CRASH', 'PARTITION'],
  ['CRASH', 'PAUSE', 'PARTITION', 'SLOW_DISK', 'SLOW_LINK'],
  ['CRASH', 'LOSSY_LINK', 'CLOCK_SKEW', 'DATACENTER_OUTAGE', 'PARTITION'],
);

const values = fc.constantFrom<ValueSpec>(
  { register: { deleteShare: 0.1 } },
  { counter: { increment: { min: -5, max: 10 } } },
  { cart: { items: 4, removeShare: 0.3 } },
  { messages: { replyShare: 0.5 } },
);

const acknowledgement = fc.record({
  mode: fc.constantFrom(...ACKNOWLEDGEMENT_MODES),
  count: fc.constant(1),
  standbys: fc.constant(null),
  await: fc.constantFrom(...AWAITED),
  waitPoint: fc.constantFrom(...WAIT_POINTS),
  timeoutMs: fc.constantFrom(50, 300),
});

const log = fc.record({
  format: fc.constantFrom(...LOG_FORMATS),
  nonDeterministicShare: fc.constant(0),
  rowsPerWrite: fc.constantFrom(1, 3),
  walKeepBytes: fc.constantFrom(0, 2000, 1e9),
  slots: fc.boolean(),
  copyBytesPerSecond: fc.constantFrom(1e4, 1e6),
});

const reads = fc.record({
  ...fixed(DEFAULT_READS),
  policy: fc.constantFrom(...READ_POLICIES),
  maxLagMs: fc.constantFrom(100, 200),
  waitMs: fc.constantFrom(0, 30),
});

const failover = fc.record({
  ...fixed(DEFAULT_FAILOVER),
  enabled: fc.constantFrom(true, true, true, true, false),
  heartbeatIntervalMs: fc.constantFrom(20, 50),
  misses: fc.constantFrom(2, 3),
  visibilityConsensus: fc.boolean(),
  election: fc.constantFrom('MOST_ADVANCED_LSN' as const, 'PRIORITY' as const),
  promotionMs: fc.constantFrom(0, 50),
  fencing: fc.constantFrom(...FENCINGS),
  stonithMs: fc.constant(20),
  stonithRestartMs: fc.constant(200),
  redirection: fc.constantFrom(
    { virtualIp: { moveMs: 10 } },
    { dns: { ttlMs: 100 } },
    { proxy: { checkIntervalMs: 50 } },
  ),
});

function fixed<Settings extends object>(
  settings: Settings,
): {
  readonly [Name in keyof Settings]: fc.Arbitrary<Settings[Name]>;
} {
  const entries = Object.entries(settings).map(([name, value]) => [name, fc.constant(value)]);
  return Object.fromEntries(entries) as { readonly [Name in keyof Settings]: fc.Arbitrary<Settings[Name]> };
}

const settings: fc.Arbitrary<SingleLeaderSettings> = fc.record({
  ...fixed(DEFAULT_SINGLE_LEADER),
  acknowledgement,
  log,
  reads,
  failover,
  shards: fc.constantFrom(1, 1, 3),
  causality: fc.constantFrom(...CAUSALITIES),
});

export const anyCluster: fc.Arbitrary<AnyCluster> = fc
  .record({
    a: fc.constantFrom(1, 2, 2),
    b: fc.constantFrom(1, 1, 2),
    latencyMs: fc.constantFrom(1, 5),
    loss: fc.constantFrom(0, 0, 0.02),
    serviceMs: fc.constantFrom(0, 0.2),
    values,
    settings,
    kinds,
    upgradeAtMs: fc.option(fc.integer({ min: 0, max: 1000 }), { freq: 3 }),
    seed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    isCascading: fc.boolean(),
    initialLsn: fc.constantFrom(0, 0, 300),
  })
  .map(({ isCascading, initialLsn, ...cluster }) => {
    const { settings: given, b } = cluster;
    const cascading = isCascading && b > 1 ? [{ node: 'b-2', upstream: 'b-1' }] : [];
    const initialLog = given.shards > 1 ? [] : [{ node: 'a-1', lsn: initialLsn }];
    return { ...cluster, settings: { ...given, cascading, initialLog } };
  });

/** Two seconds of it, under a nemesis that strikes every few hundred milliseconds. */
export function specOfCluster(cluster: AnyCluster): ExperimentSpec {
  const { a, b, latencyMs, loss, serviceMs, values: ofValues, upgradeAtMs } = cluster;
  const upgrade: readonly SceneFault[] =
    upgradeAtMs === null
      ? []
      : [{ rollingUpgrade: { nodes: null, atMs: upgradeAtMs, downMs: 60, betweenMs: 150 } }];
  const spec = specOf({
    datacenters: { a, b },
    links: [{ between: ['a', 'b'], latency: about(latencyMs), loss }],
    serviceTime: exactly(serviceMs),
    fsync: about(1),
    workload: {
      durationMs: DURATION_MS,
      readShare: 0.3,
      keys: { count: CLUSTER_KEYS, distribution: { uniform: { firstKey: 0 } } },
      values: ofValues,
      timeoutMs: 150,
      clients: ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 8, ratePerSecond: 80 })),
    },
    faults: upgrade,
  });
  return {
    ...spec,
    cluster: { ...spec.cluster, replication: { singleLeader: cluster.settings } },
    nemesis: { meanTimeToFailureMs: 700, meanTimeToRepairMs: 150, kinds: cluster.kinds, nodes: null },
  };
}
