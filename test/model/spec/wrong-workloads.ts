import { arriving, chosen, load, THINK } from './workload-inputs';
import { PROBE } from './workload-arbitrary';

/** What is wrong, in words; the input; every problem with its place. */
export const WRONG_WORKLOADS: readonly (readonly [string, object, readonly string[]])[] = [
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
  ['bounds of what is no counter', load({ invariants: [{ min: 0 }] }), ['NOT_SUPPORTED at invariants']],
  [
    'a bound without a least value',
    load({ values: { counter: {} }, invariants: [{}] }),
    ['REQUIRED at invariants.0.min'],
  ],
  ...['key-1000', 'key-01', 'key--1', 'Key-1', 'inventory', 'key-9999999999'].map(
    (key) =>
      [
        `a bound of ${key}`,
        load({
          values: { counter: {} },
          invariants: [
            { key: 'key-999', min: 0 },
            { key, min: 0 },
          ],
        }),
        ['UNKNOWN_NAME at invariants.1.key'],
      ] as const,
  ),
  [
    'bounds of the wrong types',
    load({
      values: { counter: {} },
      invariants: [{ key: 7, min: '0' }, { min: Infinity }, { min: 0, max: 1 }],
    }),
    [
      'WRONG_TYPE at invariants.0.key',
      'WRONG_TYPE at invariants.0.min',
      'OUT_OF_RANGE at invariants.1.min',
      'UNKNOWN_FIELD at invariants.2.max',
    ],
  ],
  [
    'bounds that are no list',
    load({ values: { counter: {} }, invariants: { min: 0 } }),
    ['WRONG_TYPE at invariants'],
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
