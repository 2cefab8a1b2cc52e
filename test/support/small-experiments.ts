import fc from 'fast-check';

/** Inputs of small experiments of every kind: worlds, clients, values, faults; some hundred operations a run. */

const DURATION_MS = 200;

const ms = fc.integer({ min: 0, max: 2000 }).map((hundredths) => hundredths / 100);
const durationLaw = fc.oneof(
  ms.map((constant) => ({ constant: { ms: constant } })),
  fc
    .record({ minMs: ms, width: ms })
    .map(({ minMs, width }) => ({ uniform: { minMs, maxMs: minMs + width } })),
  ms.map((meanMs) => ({ exponential: { meanMs } })),
  fc.record({ meanMs: ms, standardDeviationMs: ms }).map((normal) => ({ normal })),
  fc.record({ medianMs: ms, sigma: fc.constantFrom(0.2, 1) }).map((lognormal) => ({ lognormal })),
  fc.record({ scaleMs: ms, shape: fc.constantFrom(1.5, 4) }).map((pareto) => ({ pareto })),
  fc.record({ scaleMs: ms, shape: fc.constantFrom(0.7, 2) }).map((weibull) => ({ weibull })),
  fc.tuple(ms, ms).map(([one, other]) => ({
    mixture: {
      components: [
        { weight: 0.3, distribution: { exponential: { meanMs: one } } },
        { weight: 0.7, distribution: { constant: { ms: other } } },
      ],
    },
  })),
  fc.array(ms, { minLength: 1, maxLength: 5 }).map((samplesMs) => ({ empirical: { samplesMs } })),
);
const share = fc.constantFrom(0, 0.05, 0.3);
const link = fc.record(
  { latency: durationLaw, jitter: durationLaw, loss: share, duplication: share },
  { requiredKeys: ['latency'] },
);

const cluster = fc
  .record({
    nodes: fc.integer({ min: 1, max: 3 }),
    far: link,
    near: link,
    serviceTime: ms.map((mean) => ({ exponential: { meanMs: mean / 50 } })),
    fsync: durationLaw,
    reads: fc.constantFrom('LEADER', 'NEAREST', 'ANY_FOLLOWER'),
    offsetMs: fc.integer({ min: -100, max: 100 }),
  })
  .map(({ nodes, far, near, serviceTime, fsync, reads, offsetMs }) => ({
    name: 'small',
    datacenters: [
      { name: 'a', nodes },
      { name: 'b', nodes: 1 },
    ],
    links: [
      { between: ['a', 'b'], ...far },
      { within: 'a', ...near },
    ],
    nodeProfile: { serviceTime, fsync },
    clocks: [{ node: 'a-1', offsetMs, driftPpm: 50 }],
    replication: { singleLeader: { leader: 'a-1', reads: { policy: reads } } },
  }));

const arrivals = fc.constantFrom<object>(
  { poisson: {} },
  { constant: {} },
  { bursts: { periodMs: 50, burstMs: 5, factor: 8 } },
  { diurnal: { periodMs: 100, peakToTrough: 4 } },
);
const openGroup = fc.record({
  datacenter: fc.constantFrom('a', 'b'),
  sessions: fc.integer({ min: 1, max: 30 }),
  ratePerSecond: fc.integer({ min: 50, max: 1000 }),
  arrivals,
});
const closedGroup = fc.record({
  datacenter: fc.constantFrom('a', 'b'),
  sessions: fc.integer({ min: 1, max: 5 }),
  arrivals: durationLaw.map((thinkTime) => ({
    closedLoop: {
      thinkTime: {
        mixture: {
          components: [
            { weight: 1, distribution: thinkTime },
            { weight: 1, distribution: { constant: { ms: 5 } } },
          ],
        },
      },
    },
  })),
});
const load = fc.record({
  durationMs: fc.constant(DURATION_MS),
  warmupMs: fc.constantFrom(0, 20),
  clients: fc.array(fc.oneof(openGroup, closedGroup), { minLength: 1, maxLength: 2 }),
  readShare: fc.constantFrom(0, 0.5, 0.9),
  keys: fc.constantFrom<object>(
    { count: 5 },
    { count: 20, distribution: { zipfian: {} } },
    { count: 20, distribution: { hotspot: {} } },
    { count: 20, distribution: { latest: {} } },
  ),
  values: fc.constantFrom<object>(
    { register: { deleteShare: 0.2 } },
    { counter: {} },
    { cart: {} },
    { messages: {} },
  ),
  timeoutMs: fc.constantFrom(15, 100, 5000),
  retry: fc.constantFrom<object>({}, { attempts: 3 }),
});
const probe = fc.constant({ probe: { writes: 10, readDelaysMs: [0, 5] }, timeoutMs: 100 });

const at = { atMs: fc.integer({ min: 0, max: DURATION_MS - 1 }) };
const lasting = { ...at, durationMs: fc.integer({ min: 1, max: 100 }) };
const node = fc.constantFrom('a-1', 'b-1');
const fault = fc.oneof(
  fc
    .record({
      node,
      ...at,
      restartAfterMs: fc.integer({ min: 1, max: 100 }),
      inFlight: fc.constantFrom('LOST', 'DELIVERED'),
    })
    .map((crash) => ({ crash })),
  fc.record({ node, ...lasting }).map((pause) => ({ pause })),
  fc
    .record({ ...at, healAfterMs: fc.integer({ min: 1, max: 100 }) })
    .map((when) => ({ partition: { between: [['a'], ['b']], ...when } })),
  fc
    .record(lasting)
    .map((when) => ({ lossyLink: { between: ['a', 'b'], loss: 0.4, duplication: 0.2, ...when } })),
  fc.record(lasting).map((when) => ({ slowLink: { between: ['a', 'b'], factor: 5, extraMs: 3, ...when } })),
  fc.record({ node, ...lasting }).map((where) => ({ slowDisk: { factor: 10, ...where } })),
  fc.record(lasting).map((when) => ({ datacenterOutage: { datacenter: 'b', ...when } })),
);
const nemesis = fc.constantFrom(undefined, {
  meanTimeToFailureMs: 60,
  meanTimeToRepairMs: 20,
  kinds: ['CRASH', 'PAUSE', 'PARTITION', 'LOSSY_LINK'],
});

export const smallExperiment: fc.Arbitrary<object> = fc.record({
  name: fc.constant('small'),
  cluster,
  workload: fc.oneof({ weight: 5, arbitrary: load }, { weight: 1, arbitrary: probe }),
  faults: fc.array(fault, { maxLength: 4 }),
  nemesis,
  seed: fc.bigInt({ min: 0n, max: 18_446_744_073_709_551_615n }).map(String),
});
