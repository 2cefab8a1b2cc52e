import fc from 'fast-check';
import type { ArrivalSpec, KeyDistribution, ProbeSpec, ValueSpec } from '../../../src/model/spec/workload';

/** Inputs of workloads that must be taken, with every setting now given and now left out. */

const number = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const share = number(0, 1);
const partly = <Model>(model: { [Name in keyof Model]: fc.Arbitrary<Model[Name]> }): fc.Arbitrary<
  Partial<Model>
> => fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<Model>>;

const bursts = fc
  .record({ periodMs: number(0.001, 1e6), part: number(0.01, 0.99), factor: number(1, 1e6) })
  .map(({ periodMs, part, factor }) => ({ bursts: { periodMs, burstMs: part * periodMs, factor } }));
const diurnal = fc.record({ peakToTrough: number(1, 1e6) }).map((law) => ({ diurnal: law }));
const phase = fc.constantFrom('RANDOM' as const, 'ALIGNED' as const);
const openLaw = fc.oneof(
  fc.constant({ poisson: {} }),
  fc.constant({ poisson: { minimumGapMs: 1e-7 } }),
  partly({ phase }).map((law) => ({ constant: law })),
  bursts,
  diurnal,
);
const openLoop = fc.record(
  { sessions: fc.integer({ min: 1, max: 100_000 }), ratePerSecond: number(0.001, 1e9), arrivals: openLaw },
  { requiredKeys: ['ratePerSecond'] },
);
const closedLoop = number(0, 1e6).map((ms) => ({
  arrivals: { closedLoop: { thinkTime: { constant: { ms } } } },
}));

const keys = fc.oneof(
  fc.constant({}),
  fc.constant({ count: 7, distribution: { uniform: { firstKey: 6 } } }),
  partly({ exponent: number(0, 10) }).map((law) => ({ distribution: { zipfian: law } })),
  partly({ exponent: number(0, 10) }).map((law) => ({ distribution: { latest: law } })),
  partly({ hotKeyShare: share, hotOperationShare: share }).map((law) => ({ distribution: { hotspot: law } })),
);

const values = fc.oneof(
  partly({ deleteShare: share }).map((kind) => ({ register: kind })),
  fc.constant({ counter: {} }),
  fc.tuple(fc.integer({ min: -1e9, max: 0 }), fc.integer({ min: 0, max: 1e9 })).map(([min, max]) => ({
    counter: { increment: { min, max } },
  })),
  partly({ items: fc.integer({ min: 1, max: 1e6 }), removeShare: share }).map((kind) => ({ cart: kind })),
  partly({ replyShare: share }).map((kind) => ({ messages: kind })),
);

const backoff = partly({ initialMs: number(0, 20_000), factor: number(1, 100), jitter: share });
const reasons = fc.array(fc.constantFrom('FAILED' as const, 'TIMEOUT' as const), { maxLength: 4 });
const retry = partly({ attempts: fc.integer({ min: 1, max: 100 }), backoff, on: reasons });

const common = { timeoutMs: number(0.001, 1e6), valueBytes: fc.integer({ min: 0, max: 16_777_216 }) };

export const loadInput: fc.Arbitrary<object> = fc.record(
  {
    durationMs: number(0.001, 2_592_000_000),
    warmupMs: number(0, 1e6),
    clients: fc.array(fc.oneof(openLoop, closedLoop), { minLength: 1, maxLength: 3 }),
    readShare: share,
    keys,
    values,
    retry,
    ...common,
  },
  { requiredKeys: ['durationMs', 'clients'] },
);

const delays = fc.uniqueArray(number(0, 3_600_000), { minLength: 1, maxLength: 100 });
const probe = fc.record(
  {
    writes: fc.integer({ min: 1, max: 1_000_000 }),
    readDelaysMs: delays.map((list) => [...list].map((delay) => delay + 0).sort((one, other) => one - other)),
  },
  { requiredKeys: ['writes'] },
);

export const probeInput: fc.Arbitrary<object> = fc.record({ probe, ...common }, { requiredKeys: ['probe'] });

/** One of each, fully written out, for tests that go through all. */
export const EVERY_ARRIVAL: readonly ArrivalSpec[] = [
  { poisson: { minimumGapMs: 1 } },
  { constant: { phase: 'ALIGNED' } },
  { bursts: { periodMs: 100, burstMs: 10, factor: 5 } },
  { diurnal: { periodMs: 1000, peakToTrough: 3 } },
];
export const EVERY_KEY_LAW: readonly KeyDistribution[] = [
  { uniform: { firstKey: 1 } },
  { zipfian: { exponent: 1 } },
  { hotspot: { hotKeyShare: 0.1, hotOperationShare: 0.9 } },
  { latest: { exponent: 0.5 } },
];
export const EVERY_VALUE: readonly ValueSpec[] = [
  { register: { deleteShare: 0.1 } },
  { counter: { increment: { min: -5, max: 5 } } },
  { cart: { items: 3, removeShare: 0.5 } },
  { messages: { replyShare: 0.3 } },
];
export const PROBE: ProbeSpec = { writes: 100_000, readDelaysMs: [0, 1, 2, 5, 10] };
