export interface Experiment {
  readonly name: string;
  /** Its settings allow no acknowledged write to be lost. */
  readonly losesNothing: boolean;
  /** Its nodes understand each other only as long as all run the same version of their software. */
  readonly needsOneVersion: boolean;
  /** As a user submits it. */
  readonly input: (extent: Extent) => object;
}

export interface Extent {
  /** Of a run, more or less. */
  readonly operations: number;
  /** How long each node, and the network, are well and are not, of each kind of fault. */
  readonly meanTimeToFailureMs?: number;
  readonly meanTimeToRepairMs?: number;
}

/** Nodes of each. */
export const NODES = 5;

const OPERATIONS_PER_SECOND = 1000;

interface Settings extends Omit<Experiment, 'input'> {
  readonly singleLeader: object;
  readonly values: object;
  readonly retry?: object;
}

/** Five nodes in three places, wrong clocks, a disturbed network, clients everywhere, and every kind of fault, at random and as planned. */
function experimentOf(settings: Settings): Experiment {
  const { name, losesNothing, needsOneVersion } = settings;
  return { name, losesNothing, needsOneVersion, input: (extent) => inputOf(settings, extent) };
}

function inputOf(
  { name, singleLeader, values, retry = {} }: Settings,
  { operations, meanTimeToFailureMs = 15_000, meanTimeToRepairMs = 1000 }: Extent,
): object {
  const durationMs = (1000 * operations) / OPERATIONS_PER_SECOND;
  return {
    name,
    cluster: {
      name,
      datacenters: [
        { name: 'a', nodes: 2 },
        { name: 'b', nodes: 2 },
        { name: 'c', nodes: 1 },
      ],
      links: [
        { between: ['a', 'b'], latency: { lognormal: { medianMs: 5, sigma: 0.3 } }, loss: 0.001 },
        { between: ['a', 'c'], latency: { exponential: { meanMs: 8 } }, duplication: 0.001 },
        { between: ['b', 'c'], latency: { constant: { ms: 6 } }, jitter: { exponential: { meanMs: 1 } } },
      ],
      clocks: [{ node: 'b-1', offsetMs: 30, driftPpm: 50 }],
      replication: { singleLeader },
    },
    workload: {
      durationMs,
      readShare: 0.5,
      keys: { count: 200, distribution: { zipfian: {} } },
      values,
      timeoutMs: 500,
      retry,
      clients: ['a', 'b', 'c'].map((datacenter) => ({
        datacenter,
        sessions: 200,
        ratePerSecond: OPERATIONS_PER_SECOND / 3,
      })),
    },
    faults: [
      { rollingUpgrade: { atMs: 1000, downMs: 300, betweenMs: 500 } },
      { isolate: { datacenter: 'a', atMs: durationMs * 0.6, healAfterMs: 2000 } },
      { crash: { node: 'a-1', atMs: durationMs * 0.8, restartAfterMs: 1500, inFlight: 'DELIVERED' } },
    ],
    nemesis: {
      meanTimeToFailureMs,
      meanTimeToRepairMs,
      kinds: [
        'CRASH',
        'PAUSE',
        'SLOW_DISK',
        'CLOCK_SKEW',
        'PARTITION',
        'SLOW_LINK',
        'LOSSY_LINK',
        'DATACENTER_OUTAGE',
      ],
    },
  };
}

/** Epochs fence, and every acknowledged write was applied at two of four followers, so nothing acknowledged can be lost. */
const FENCED_BY_EPOCHS = experimentOf({
  name: 'FIRST 2 of four, epochs, tracked messages in four shards',
  losesNothing: true,
  needsOneVersion: false,
  values: { messages: { replyShare: 0.6 } },
  singleLeader: {
    leader: 'a-1',
    acknowledgement: {
      mode: 'FIRST',
      count: 2,
      await: 'REMOTE_APPLY',
      standbys: ['b-1', 'c-1', 'a-2', 'b-2', 'a-1'],
    },
    log: {
      format: 'ROW',
      rowsPerWrite: 3,
      slots: true,
      walKeepBytes: 100_000,
      copyBytesPerSecond: 10_000_000,
    },
    reads: { policy: 'LSN_TOKEN', waitMs: 50 },
    failover: {
      heartbeatIntervalMs: 50,
      misses: 4,
      promotionMs: 100,
      visibilityConsensus: true,
      fencing: 'EPOCH',
      redirection: { dns: { ttlMs: 300 } },
    },
    cascading: [{ node: 'b-2', upstream: 'b-1' }],
    shards: 4,
    causality: 'TRACKED',
  },
});

/** The old leader's power is cut, but a write that only fell back to asynchronous may be lost; a late follower is copied. */
const FENCED_BY_POWER = experimentOf({
  name: 'semi-synchronous, the power switch, counters in two shards of the bytes of pages',
  losesNothing: false,
  needsOneVersion: true,
  values: { counter: { increment: { min: -3, max: 5 } } },
  retry: { attempts: 3, on: ['FAILED', 'TIMEOUT'] },
  singleLeader: {
    leaderDatacenter: 'a',
    acknowledgement: {
      mode: 'SEMI_SYNC',
      count: 1,
      await: 'REMOTE_WRITE',
      waitPoint: 'AFTER_COMMIT',
      timeoutMs: 100,
    },
    log: { format: 'WAL', rowsPerWrite: 2, walKeepBytes: 100_000, copyBytesPerSecond: 1_000_000 },
    reads: { policy: 'LAG_BOUNDED', maxLagMs: 200 },
    failover: {
      heartbeatIntervalMs: 50,
      misses: 4,
      promotionMs: 100,
      election: 'PRIORITY',
      priorities: ['b-1', 'a-1'],
      fencing: 'STONITH',
      stonithMs: 50,
      stonithRestartMs: 1000,
      redirection: { virtualIp: { moveMs: 50 } },
    },
    cascading: [
      { node: 'b-2', upstream: 'b-1' },
      { node: 'a-2', upstream: 'b-2' },
    ],
    shards: 2,
    causality: 'SAME_SHARD',
  },
});

/** Nothing fences, and one follower is enough: two nodes may lead, and what the older one acknowledges is lost. */
const UNFENCED = experimentOf({
  name: 'ANY 1, no fence, carts in one log of statements',
  losesNothing: false,
  needsOneVersion: false,
  values: { cart: {} },
  singleLeader: {
    acknowledgement: { mode: 'ANY', count: 1, await: 'REMOTE_FLUSH' },
    log: { format: 'STATEMENT', walKeepBytes: 0, copyBytesPerSecond: 1_000_000 },
    reads: { policy: 'TIMESTAMP_TOKEN', waitMs: 50 },
    failover: {
      heartbeatIntervalMs: 50,
      misses: 4,
      promotionMs: 0,
      fencing: 'NONE',
      redirection: { proxy: { checkIntervalMs: 100 } },
    },
    initialLog: [
      { node: 'a-1', lsn: 2000 },
      { node: 'a-2', lsn: 2000 },
      { node: 'b-1', lsn: 1500 },
      { node: 'c-1', lsn: 1000 },
    ],
  },
});

/** Every setting of a single leader is in one of them, though not every value of it. */
export const EXPERIMENTS: readonly Experiment[] = [FENCED_BY_EPOCHS, FENCED_BY_POWER, UNFENCED];
