import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { places } from '../../support/submissions';
import {
  EVERY_ARRIVAL,
  EVERY_KEY_LAW,
  EVERY_VALUE,
  loadInput,
  PROBE,
  probeInput,
} from './workload-arbitrary';
import { arriving, chosen, load, resolve, THINK } from './workload-inputs';
import { WRONG_WORKLOADS } from './wrong-workloads';

describe('a workload', () => {
  it.each(WRONG_WORKLOADS)('with %s is refused there, and for nothing else', (_, input, expected) => {
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
      invariants: [],
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
    [
      load({ values: { counter: {} }, invariants: [{ min: 0 }, { key: 'key-7', min: -1.5 }] }),
      {
        invariants: [
          { key: null, min: 0 },
          { key: 'key-7', min: -1.5 },
        ],
      },
    ],
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
