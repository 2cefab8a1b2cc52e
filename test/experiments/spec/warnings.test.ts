import { describe, expect, it } from '@jest/globals';
import { warningsOf } from '../../../src/experiments/spec/warnings';
import { experimentInput, pairInput, resolveExperimentInput, workloadInput } from '../../support/submissions';

const BUSY = { durationMs: 100_000, clients: [{ datacenter: 'seoul', ratePerSecond: 100 }] };

async function codesOf(changes: object): Promise<readonly string[]> {
  const input = experimentInput({ cluster: pairInput(), workload: workloadInput(BUSY), ...changes });
  const { resolved, problems } = await resolveExperimentInput(input);
  expect(problems).toEqual([]);
  return resolved === null ? [] : warningsOf(resolved).map(({ code }) => code);
}

describe('warnings', () => {
  it('are none where nothing surprises', async () => {
    expect(await codesOf({})).toEqual([]);
  });

  it('tell that nobody replaces a crashed leader, and nothing of a crashed follower', async () => {
    expect(await codesOf({ faults: [{ crash: { node: 'seoul-1', atMs: 1 } }] })).toEqual(['NO_FAILOVER']);
    expect(await codesOf({ faults: [{ crash: { node: 'tokyo-1', atMs: 1 } }] })).toEqual([]);
  });

  it('tell of clients that give up before an answer can come', async () => {
    const far = { ...BUSY, clients: [{ datacenter: 'tokyo', ratePerSecond: 100 }] };
    expect(await codesOf({ workload: { ...far, timeoutMs: 30 } })).toEqual(['TIMEOUT_BELOW_LATENCY']);
    expect(await codesOf({ workload: { ...far, timeoutMs: 30.1 } })).toEqual([]);
  });

  it('tell of a leader that cannot keep up with its writes', async () => {
    const clients = [{ datacenter: 'seoul', ratePerSecond: 20_000 }];
    expect(await codesOf({ workload: { ...BUSY, clients, readShare: 0 } })).toEqual(['OVERLOADED_NODE']);
    expect(await codesOf({ workload: { ...BUSY, clients, readShare: 0.01 } })).toEqual([]);
  });

  it('tell of a service time without a mean only if there is a write', async () => {
    const cluster = pairInput({ nodeProfile: { serviceTime: { pareto: { scaleMs: 0.001, shape: 1 } } } });
    expect(await codesOf({ cluster, workload: { ...BUSY, readShare: 0.9 } })).toEqual(['OVERLOADED_NODE']);
    expect(await codesOf({ cluster, workload: { ...BUSY, readShare: 1 } })).toEqual([]);
  });

  it('tell of too few samples for a 99.9th percentile, counting all repetitions', async () => {
    expect(await codesOf({ workload: { ...BUSY, durationMs: 1000 } })).toEqual(['TOO_FEW_SAMPLES']);
    expect(await codesOf({ workload: { ...BUSY, durationMs: 1000 }, repetitions: 100 })).toEqual([]);
  });
});
