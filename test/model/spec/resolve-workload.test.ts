import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problems, type Problem } from '../../../src/model/problem';
import { Fields } from '../../../src/model/spec/fields';
import { keyCountOf, probesOf } from '../../../src/model/spec/probe';
import { resolveWorkload } from '../../../src/model/spec/resolve-workload';
import type { WorkloadSpec } from '../../../src/model/spec/workload';
import { places } from '../../support/submissions';
import {
  EVERY_ARRIVAL,
  EVERY_KEY_LAW,
  EVERY_VALUE,
  loadInput,
  PROBE,
  probeInput,
} from './workload-arbitrary';

interface Resolved {
  readonly workload: WorkloadSpec;
  readonly problems: readonly Problem[];
}

function resolve(input: unknown, datacenters: readonly string[] = []): Resolved {
  const problems = Problems.none();
  const workload = resolveWorkload(new Fields(input, problems), datacenters);
  return { workload, problems: problems.all };
}

const CLIENT = { ratePerSecond: 100 };
const load = (changes: object = {}): object => ({ durationMs: 1000, clients: [CLIENT], ...changes });
const arriving = (arrivals: unknown, changes: object = {}): object =>
  load({ clients: [{ ...CLIENT, arrivals, ...changes }] });
const chosen = (distribution: unknown): object => load({ keys: { distribution } });
const THINK = { thinkTime: { constant: { ms: 5 } } };

const WRONG: readonly (readonly [string, object, readonly string[]])[] = [
  ['no rate in an open loop', load({ clients: [{}] }), ['REQUIRED at clients.0.ratePerSecond']],
  ['a rate in a closed loop', arriving({ closedLoop: THINK }), ['EXACTLY_ONE_OF at clients.0.ratePerSecond']],
  [
    'no think time',
    arriving({ closedLoop: {} }, { ratePerSecond: null }),
    ['REQUIRED at clients.0.arrivals.closedLoop.thinkTime'],
  ],
  [
    'an unknown think time',
    arriving({ closedLoop: { thinkTime: { ms: 1 } } }, { ratePerSecond: null }),
    [
      'EXACTLY_ONE_OF at clients.0.arrivals.closedLoop.thinkTime',
      'UNKNOWN_FIELD at clients.0.arrivals.closedLoop.thinkTime.ms',
    ],
  ],
  ['two laws of arrivals', arriving({ poisson: {}, constant: {} }), ['EXACTLY_ONE_OF at clients.0.arrivals']],
  ['an unknown law of arrivals', arriving({ weekly: {} }), ['EXACTLY_ONE_OF at clients.0.arrivals']],
  [
    'a least gap as long as the mean',
    arriving({ poisson: { minimumGapMs: 10 } }),
    ['OUT_OF_RANGE at clients.0.arrivals.poisson.minimumGapMs'],
  ],
  [
    'an unknown phase',
    arriving({ constant: { phase: 'RANDON' } }),
    ['UNKNOWN_NAME at clients.0.arrivals.constant.phase'],
  ],
  [
    'bursts without settings',
    arriving({ bursts: {} }),
    ['periodMs', 'burstMs', 'factor'].map((name) => `REQUIRED at clients.0.arrivals.bursts.${name}`),
  ],
  [
    'a burst as long as its period',
    arriving({ bursts: { periodMs: 10, burstMs: 10, factor: 2 } }),
    ['OUT_OF_RANGE at clients.0.arrivals.bursts.burstMs'],
  ],
  [
    'a burst that is slower',
    arriving({ bursts: { periodMs: 10, burstMs: 1, factor: 0.5 } }),
    ['OUT_OF_RANGE at clients.0.arrivals.bursts.factor'],
  ],
  [
    'a period of zero',
    arriving({ diurnal: { periodMs: 0, peakToTrough: 2 } }),
    ['OUT_OF_RANGE at clients.0.arrivals.diurnal.periodMs'],
  ],
  [
    'a peak below the trough',
    arriving({ diurnal: { peakToTrough: 0.9 } }),
    ['OUT_OF_RANGE at clients.0.arrivals.diurnal.peakToTrough'],
  ],
  [
    'a hot share above 1',
    chosen({ hotspot: { hotKeyShare: 1.1, hotOperationShare: -1 } }),
    [
      'OUT_OF_RANGE at keys.distribution.hotspot.hotKeyShare',
      'OUT_OF_RANGE at keys.distribution.hotspot.hotOperationShare',
    ],
  ],
  [
    'a negative exponent',
    chosen({ latest: { exponent: -1 } }),
    ['OUT_OF_RANGE at keys.distribution.latest.exponent'],
  ],
  [
    'an unknown setting of a law',
    chosen({ latest: { exponents: 1 } }),
    ['UNKNOWN_FIELD at keys.distribution.latest.exponents'],
  ],
  ['no attempt', load({ retry: { attempts: 0 } }), ['OUT_OF_RANGE at retry.attempts']],
  [
    'a back-off that shrinks',
    load({ retry: { backoff: { factor: 0.5, jitter: 2 } } }),
    ['OUT_OF_RANGE at retry.backoff.factor', 'OUT_OF_RANGE at retry.backoff.jitter'],
  ],
  [
    'a longest wait below the first',
    load({ retry: { backoff: { initialMs: 50, maxMs: 40 } } }),
    ['OUT_OF_RANGE at retry.backoff.maxMs'],
  ],
  [
    'an unknown reason to retry',
    load({ retry: { on: ['TIMEOUT', 'TIMEOUTS', 3] } }),
    ['UNKNOWN_NAME at retry.on.1', 'UNKNOWN_NAME at retry.on.2'],
  ],
  ['reasons that are no list', load({ retry: { on: 'TIMEOUT' } }), ['WRONG_TYPE at retry.on']],
  ['two kinds of value', load({ values: { register: {}, cart: {} } }), ['EXACTLY_ONE_OF at values']],
  [
    'an increment without an end',
    load({ values: { counter: { increment: { min: 1 } } } }),
    ['REQUIRED at values.counter.increment.max'],
  ],
  [
    'an increment the wrong way round',
    load({ values: { counter: { increment: { min: 1, max: 0 } } } }),
    ['OUT_OF_RANGE at values.counter.increment.max'],
  ],
  [
    'half an increment',
    load({ values: { counter: { increment: { min: 0.5, max: 1 } } } }),
    ['OUT_OF_RANGE at values.counter.increment.min'],
  ],
  [
    'a cart of nothing',
    load({ values: { cart: { items: 0, removeShare: 2 } } }),
    ['OUT_OF_RANGE at values.cart.items', 'OUT_OF_RANGE at values.cart.removeShare'],
  ],
  [
    'a reply share above 1',
    load({ values: { messages: { replyShare: 2 } } }),
    ['OUT_OF_RANGE at values.messages.replyShare'],
  ],
  ['a probe of no writes', { probe: {} }, ['REQUIRED at probe.writes']],
  ['a probe of too many writes', { probe: { writes: 1_000_001 } }, ['OUT_OF_RANGE at probe.writes']],
  [
    'a probe without a delay',
    { probe: { writes: 1, readDelaysMs: [] } },
    ['OUT_OF_RANGE at probe.readDelaysMs'],
  ],
  [
    'delays that are no list',
    { probe: { writes: 1, readDelaysMs: 5 } },
    ['WRONG_TYPE at probe.readDelaysMs'],
  ],
  [
    'delays that are no delays',
    { probe: { writes: 1, readDelaysMs: [-1, '2', NaN, 3_600_001] } },
    [
      'OUT_OF_RANGE at probe.readDelaysMs.0',
      'WRONG_TYPE at probe.readDelaysMs.1',
      'OUT_OF_RANGE at probe.readDelaysMs.2',
      'OUT_OF_RANGE at probe.readDelaysMs.3',
    ],
  ],
  [
    'delays that do not ascend',
    { probe: { writes: 1, readDelaysMs: [0, 2, 2, 1, 3] } },
    ['OUT_OF_RANGE at probe.readDelaysMs.2', 'OUT_OF_RANGE at probe.readDelaysMs.3'],
  ],
  ['neither a load nor a probe', {}, ['REQUIRED at durationMs', 'REQUIRED at clients']],
  ['a probe and a load', load({ probe: PROBE }), ['EXACTLY_ONE_OF at ']],
  ['a probe and a setting that it decides', { probe: PROBE, readShare: 0.4 }, ['EXACTLY_ONE_OF at ']],
  ['a probe that tries again', { probe: PROBE, retry: { attempts: 2 } }, ['EXACTLY_ONE_OF at ']],
];

describe('a workload', () => {
  it.each(WRONG)('with %s is refused there, and for nothing else', (_, input, expected) => {
    expect(places(resolve(input).problems)).toEqual(expected);
  });

  it('hears of everything that is wrong with it at once', () => {
    const { problems } = resolve({
      durationMs: 0,
      clients: [{ arrivals: { diurnal: {} } }, { ratePerSecond: -1, sessions: 0 }],
      keys: { count: 0, distribution: { hotspot: { hotKeyShare: 7 } } },
      values: { cart: { items: 0 } },
      retry: { attempts: 101, backoff: { jitter: -1 }, on: ['NEVER'] },
      probes: {},
    });
    expect([...places(problems)].sort()).toEqual([
      'OUT_OF_RANGE at clients.1.ratePerSecond',
      'OUT_OF_RANGE at clients.1.sessions',
      'OUT_OF_RANGE at durationMs',
      'OUT_OF_RANGE at keys.count',
      'OUT_OF_RANGE at keys.distribution.hotspot.hotKeyShare',
      'OUT_OF_RANGE at retry.attempts',
      'OUT_OF_RANGE at retry.backoff.jitter',
      'OUT_OF_RANGE at values.cart.items',
      'REQUIRED at clients.0.arrivals.diurnal.peakToTrough',
      'REQUIRED at clients.0.ratePerSecond',
      'UNKNOWN_FIELD at probes',
      'UNKNOWN_NAME at retry.on.0',
    ]);
  });

  it('names what the probe decides, and says what to do', () => {
    const [problem] = resolve(load({ probe: PROBE, readShare: 0.9 })).problems;
    expect(problem.message).toMatch(/durationMs.*clients.*readShare.*Leave the one or the other out/);
  });

  it('has every default filled in', () => {
    expect(resolve(load()).workload).toEqual({
      durationMs: 1000,
      warmupMs: 0,
      clients: [
        { datacenter: null, sessions: 1, ratePerSecond: 100, arrivals: { poisson: { minimumGapMs: 0 } } },
      ],
      readShare: 0.5,
      keys: { count: 1000, distribution: { uniform: { firstKey: 0 } } },
      values: { register: { deleteShare: 0 } },
      timeoutMs: 5000,
      retry: {
        attempts: 1,
        backoff: { initialMs: 100, factor: 2, maxMs: 20_000, jitter: 1 },
        on: ['TIMEOUT', 'FAILED'],
      },
      valueBytes: 1000,
      probe: null,
    });
  });

  it.each<[string, object, object]>([
    ['constant', arriving({ constant: {} }), { arrivals: { constant: { phase: 'RANDOM' } } }],
    [
      'diurnal',
      arriving({ diurnal: { peakToTrough: 4 } }),
      { arrivals: { diurnal: { periodMs: 86_400_000, peakToTrough: 4 } } },
    ],
    [
      'closed',
      arriving({ closedLoop: THINK }, { ratePerSecond: null }),
      { ratePerSecond: null, arrivals: { closedLoop: THINK } },
    ],
  ])('of %s arrivals has its defaults', (_, input, expected) => {
    const { workload, problems } = resolve(input);
    expect(problems).toEqual([]);
    expect(workload.clients[0]).toMatchObject(expected);
  });

  it.each<[object, object]>([
    [
      chosen({ hotspot: {} }),
      { keys: { distribution: { hotspot: { hotKeyShare: 0.2, hotOperationShare: 0.8 } } } },
    ],
    [chosen({ latest: {} }), { keys: { distribution: { latest: { exponent: 0.99 } } } }],
    [load({ values: { counter: {} } }), { values: { counter: { increment: { min: 1, max: 1 } } } }],
    [load({ values: { cart: {} } }), { values: { cart: { items: 10, removeShare: 0.2 } } }],
    [load({ values: { messages: {} } }), { values: { messages: { replyShare: 0.5 } } }],
    [load({ retry: { on: ['FAILED', 'TIMEOUT', 'FAILED'] } }), { retry: { on: ['TIMEOUT', 'FAILED'] } }],
    [load({ retry: { on: [] } }), { retry: { on: [] } }],
  ])('%j has its defaults', (input, expected) => {
    const { workload, problems } = resolve(input);
    expect(problems).toEqual([]);
    expect(workload).toMatchObject(expected);
  });

  it('keeps every setting as it is given', () => {
    const full = {
      ...resolve(load()).workload,
      clients: EVERY_ARRIVAL.map((arrivals) => ({
        datacenter: null,
        sessions: 3,
        ratePerSecond: 10,
        arrivals,
      })),
    };
    expect(resolve(full)).toEqual({ workload: full, problems: [] });
    for (const distribution of EVERY_KEY_LAW) {
      const workload = { ...full, keys: { count: 50, distribution } };
      expect(resolve(workload)).toEqual({ workload, problems: [] });
    }
    for (const values of EVERY_VALUE) {
      const workload = { ...full, values };
      expect(resolve(workload)).toEqual({ workload, problems: [] });
    }
  });

  it.each([
    ['load', loadInput],
    ['probe', probeInput],
  ])('that is a %s and was resolved is the same when it is resolved again', (_, input) => {
    fc.assert(
      fc.property(input, (given) => {
        const once = resolve(given);
        expect(once.problems).toEqual([]);
        const stored: unknown = JSON.parse(JSON.stringify(once.workload));
        expect(resolve(stored)).toEqual({ workload: once.workload, problems: [] });
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('is answered with problems, never with an exception, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (whole, part) => {
        resolve(whole);
        resolve(load({ keys: part, values: part, retry: part, clients: [part] }));
        resolve({ probe: part, clients: part });
        resolve(
          load({ clients: [{ arrivals: part, ratePerSecond: 1 }], retry: { on: part, backoff: part } }),
        );
        resolve({ probe: { writes: 1, readDelaysMs: part } });
      }),
      { seed: 12, numRuns: 500 },
    );
  });
});

describe('a probe', () => {
  it('is one session in the first datacenter that never thinks, for at most thirty days', () => {
    const { workload, problems } = resolve({ probe: PROBE, timeoutMs: 100, valueBytes: 7 }, [
      'seoul',
      'tokyo',
    ]);
    expect(problems).toEqual([]);
    expect(workload).toEqual({
      ...resolve(load()).workload,
      durationMs: 2_592_000_000,
      clients: [
        {
          datacenter: 'seoul',
          sessions: 1,
          ratePerSecond: null,
          arrivals: { closedLoop: { thinkTime: { constant: { ms: 0 } } } },
        },
      ],
      timeoutMs: 100,
      valueBytes: 7,
      probe: PROBE,
    });
  });

  it('is in no datacenter of a cluster without', () => {
    expect(resolve({ probe: PROBE }).workload.clients[0].datacenter).toBeNull();
  });

  it('may come with the defaults that GraphQL fills in', () => {
    const filled = {
      warmupMs: 0,
      readShare: 0.5,
      keys: {},
      values: { register: { deleteShare: 0 } },
      retry: {},
      durationMs: null,
      clients: null,
      probe: PROBE,
    };
    expect(resolve(filled).problems).toEqual([]);
  });

  it('stays valid when one of its settings is changed in what was stored, as a sweep does', () => {
    const { workload } = resolve({ probe: PROBE }, ['seoul']);
    const changed = { ...workload, timeoutMs: 50, probe: { ...PROBE, writes: 5 } };
    expect(resolve(changed, ['seoul'])).toEqual({ workload: changed, problems: [] });
  });

  it('keeps its delays unknown where they are left out, and is counted with the most that it may find', () => {
    const { workload } = resolve({ probe: { writes: 10 } });
    expect(workload.probe).toEqual({ writes: 10, readDelaysMs: null });
    expect(keyCountOf(workload)).toBe(400);
  });

  it('writes a fresh key each time', () => {
    expect(probesOf(PROBE)).toBe(500_000);
    expect(keyCountOf(resolve({ probe: PROBE }).workload)).toBe(500_000);
    expect(keyCountOf(resolve(load()).workload)).toBe(1000);
  });
});
