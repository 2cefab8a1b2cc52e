import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_ARRIVALS } from '../../../src/model/spec/defaults';
import type { Distribution } from '../../../src/model/spec/distribution';
import { probeWorkload } from '../../../src/model/spec/probe';
import type { ArrivalSpec, ClientGroupSpec } from '../../../src/model/spec/workload';
import { expectedOperations } from '../../../src/experiments/spec/expected-operations';
import { experimentInput, places, resolveExperimentInput, workloadInput } from '../../support/submissions';
import { SAMPLE_CLUSTER, SAMPLE_SPEC } from '../../support/sample-spec';

interface Asked {
  readonly arrivals?: ArrivalSpec;
  readonly ratePerSecond?: number | null;
  readonly sessions?: number;
  readonly durationMs?: number;
  readonly warmupMs?: number;
}

function expectedOf({ arrivals, ratePerSecond, sessions, durationMs, warmupMs }: Asked): number {
  const group: ClientGroupSpec = {
    datacenter: 'tokyo',
    sessions: sessions ?? 1,
    ratePerSecond: ratePerSecond === undefined ? 100 : ratePerSecond,
    arrivals: arrivals ?? DEFAULT_ARRIVALS,
  };
  const times = { durationMs: durationMs ?? 1000, warmupMs: warmupMs ?? 0 };
  return expectedOperations({
    cluster: SAMPLE_CLUSTER,
    workload: { ...SAMPLE_SPEC.workload, ...times, clients: [group, group] },
  });
}

const closedLoop = (thinkTime: Distribution): ArrivalSpec => ({ closedLoop: { thinkTime } });
const exactly = (ms: number): Distribution => ({ constant: { ms } });

describe('the expected operations', () => {
  it('of a steady rate are rate × time, warm-up included', () => {
    expect(expectedOf({ durationMs: 3000, warmupMs: 2000 })).toBe(1000);
    expect(expectedOf({ arrivals: { constant: { phase: 'RANDOM' } } })).toBe(200);
  });

  it('of whole periods are rate × time, whatever the curve', () => {
    const bursts = { periodMs: 250, burstMs: 10, factor: 50 };
    expect(expectedOf({ arrivals: { bursts }, warmupMs: 500 })).toBeCloseTo(300, 9);
    const diurnal = { periodMs: 500, peakToTrough: 7 };
    expect(expectedOf({ arrivals: { diurnal }, warmupMs: 500 })).toBeCloseTo(300, 9);
  });

  it('of a run that is all burst are those of the burst, not of the mean', () => {
    const bursts = { periodMs: 100_000, burstMs: 1000, factor: 1000 };
    const perMs = (0.1 * 100_000 * 1000) / (1000 * 1000 + 99_000);
    expect(expectedOf({ arrivals: { bursts } })).toBeCloseTo(2 * 1000 * perMs, 6);
  });

  it('of the first hour of a day are those of the night', () => {
    const diurnal = { periodMs: 24_000, peakToTrough: 3 };
    const troughPerMs = 0.1 / 2;
    expect(expectedOf({ arrivals: { diurnal } })).toBeCloseTo(2 * 1000 * troughPerMs * (1 + 1 / 12), 9);
  });

  it('of two stretches of time are those of the whole', () => {
    const curve: ArrivalSpec[] = [
      { bursts: { periodMs: 70, burstMs: 13, factor: 9 } },
      { diurnal: { periodMs: 110, peakToTrough: 12 } },
    ];
    const time = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(fc.constantFrom(...curve), time, time, (arrivals, one, other) => {
        const until = (durationMs: number) => expectedOf({ arrivals, durationMs, warmupMs: one });
        const before = until(1) - expectedOf({ arrivals, durationMs: 1 });
        expect(until(other) - expectedOf({ arrivals, durationMs: other })).toBeCloseTo(before, 6);
        expect(until(other)).toBeGreaterThan(0);
      }),
      { seed: 3 },
    );
  });

  it('of a closed loop are one for each thought, round trip to the nearest node and service of a session', () => {
    const roundMs = 2 * 0.25 + 0.05;
    const asked = { arrivals: closedLoop(exactly(9.45)), ratePerSecond: null, sessions: 20 };
    expect(expectedOf(asked)).toBeCloseTo((2 * 20 * 1000) / (9.45 + roundMs), 9);
    const random = closedLoop({ exponential: { meanMs: 5, offsetMs: 4.45 } });
    expect(expectedOf({ ...asked, arrivals: random })).toBeCloseTo(4000, 9);
  });

  it('of a closed loop that never thinks are limited by the answers alone', () => {
    const asked = { arrivals: closedLoop(exactly(0)), ratePerSecond: null };
    expect(expectedOf(asked)).toBeCloseTo((2 * 1000) / 0.55, 9);
  });

  it('of a closed loop are not guessed without a cluster', () => {
    const clients = [
      { datacenter: null, sessions: 5, ratePerSecond: null, arrivals: closedLoop(exactly(0)) },
    ];
    const workload = { ...SAMPLE_SPEC.workload, clients };
    expect(expectedOperations({ cluster: null, workload })).toBe(0);
  });

  it('of a probe are a write and a read for each', () => {
    const probe = { writes: 100_000, readDelaysMs: [0, 1, 2, 5, 10] };
    const workload = probeWorkload({ probe, datacenter: null, timeoutMs: 1, valueBytes: 1 });
    expect(expectedOperations({ cluster: null, workload })).toBe(1_000_000);
  });
});

describe('an experiment', () => {
  const NO_TIME = { constant: { ms: 0 } };
  const nobodyWaits = {
    name: 'instant',
    datacenters: [{ name: 'a', nodes: 1 }],
    links: [{ within: 'a', latency: NO_TIME }],
    nodeProfile: { serviceTime: NO_TIME, fsync: NO_TIME },
    replication: { singleLeader: {} },
  };
  const thinking = { datacenter: 'a', arrivals: { closedLoop: { thinkTime: NO_TIME } } };

  it('in which no time ever passes is refused, and told why', async () => {
    const input = experimentInput({ cluster: nobodyWaits, workload: workloadInput({ clients: [thinking] }) });
    const { problems } = await resolveExperimentInput(input);
    expect(places(problems)).toContain('BUDGET_EXCEEDED at workload');
    expect(problems.find(({ code }) => code === 'BUDGET_EXCEEDED')?.message).toMatch(/never end.*think time/);
  });

  it('of a closed loop too fast for its duration is refused', async () => {
    const clients = [{ sessions: 1000, arrivals: { closedLoop: { thinkTime: NO_TIME } } }];
    const input = experimentInput({ workload: workloadInput({ durationMs: 60_000, clients }) });
    expect(places((await resolveExperimentInput(input)).problems)).toContain('BUDGET_EXCEEDED at workload');
  });

  it.each([
    ['operations', { probe: { writes: 1_000_000, readDelaysMs: [0, 1, 2, 3, 4, 5] } }, 'workload'],
    [
      'versions',
      { probe: { writes: 900_000, readDelaysMs: [0, 1, 2, 3, 4, 5, 6, 7] } },
      'workload.probe.writes',
    ],
  ])('of a probe with too many %s is refused', async (_, workload, place) => {
    const { problems } = await resolveExperimentInput(experimentInput({ workload }));
    expect(places(problems)).toContain(`BUDGET_EXCEEDED at ${place}`);
  });
});
