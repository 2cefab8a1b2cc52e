import { describe, expect, it } from '@jest/globals';
import { warningsOf } from '../../../src/experiments/spec/warnings';
import { experimentInput, pairInput, resolveExperimentInput, workloadInput } from '../../support/submissions';

const BUSY = { durationMs: 100_000, clients: [{ datacenter: 'seoul', ratePerSecond: 100 }] };

const MEANS = { meanTimeToFailureMs: 10_000, meanTimeToRepairMs: 1000 };
const SPAN = { atMs: 1, durationMs: 1000 };
const HEAL = { heal: { atMs: 1 } };

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

  it.each([
    [
      'an outage of its datacenter',
      { faults: [{ datacenterOutage: { datacenter: 'seoul', atMs: 1, durationMs: 9 } }] },
    ],
    ['an upgrade of all nodes', { faults: [{ rollingUpgrade: { atMs: 1, downMs: 9, betweenMs: 9 } }] }],
    ['a nemesis that crashes', { nemesis: { ...MEANS, kinds: ['CRASH'] } }],
  ])('tell the same of %s', async (_what, changes) => {
    expect(await codesOf(changes)).toEqual(['NO_FAILOVER']);
  });

  it.each([
    ['a disk as fast as before', { slowDisk: { node: 'tokyo-1', ...SPAN, factor: 1 } }],
    ['a clock that stays right', { clockSkew: { node: 'tokyo-1', atMs: 1 } }],
    ['a link as fast as before', { slowLink: { between: ['seoul', 'tokyo'], ...SPAN } }],
    ['a link that loses nothing', { lossyLink: { between: ['seoul', 'tokyo'], ...SPAN } }],
    ['a restart of a node that is up', { restart: { node: 'tokyo-1', atMs: 1 } }],
    ['a heal of nothing', { heal: { atMs: 1 } }],
  ])('tell of %s', async (_what, fault) => {
    expect(await codesOf({ faults: [fault] })).toEqual(['FAULT_WITHOUT_EFFECT']);
  });

  it('tell of links where nobody sends anything', async () => {
    const slow = (within: string) => ({ faults: [{ slowLink: { within, ...SPAN, factor: 2 } }] });
    const clients = [{ datacenter: 'tokyo', ratePerSecond: 100 }];
    expect(await codesOf({ ...slow('seoul'), workload: workloadInput({ ...BUSY, clients }) })).toEqual([
      'FAULT_WITHOUT_EFFECT',
    ]);
    expect(await codesOf(slow('seoul'))).toEqual([]);
  });

  it('tell of a nemesis that has nobody to part', async () => {
    const nemesis = { ...MEANS, kinds: ['PARTITION'] };
    expect(await codesOf({ nemesis })).toEqual([]);
    expect(await codesOf({ nemesis: { ...nemesis, nodes: ['tokyo-1'] } })).toEqual(['FAULT_WITHOUT_EFFECT']);
  });

  it('count what they do not list', async () => {
    const { resolved } = await resolveExperimentInput(
      experimentInput({ cluster: pairInput(), workload: workloadInput(BUSY), faults: [HEAL, HEAL, HEAL] }),
    );
    const [warning] = resolved === null ? [] : warningsOf(resolved);
    expect(warning.message).toBe(
      'Fault 1 (heal) changes nothing: nobody can be parted then. There are 2 more of that kind.',
    );
  });

  it('tell nothing of a heal, or a restart, that has something to end', async () => {
    const isolate = { isolate: { node: 'tokyo-1', atMs: 0 } };
    const crash = { crash: { node: 'tokyo-1', atMs: 0 } };
    expect(await codesOf({ faults: [isolate, HEAL] })).toEqual([]);
    expect(await codesOf({ faults: [crash, { restart: { node: 'tokyo-1', atMs: 1 } }] })).toEqual([]);
  });

  it('tell of a fault that is over before anybody asks', async () => {
    const pause = (durationMs: number) => ({ faults: [{ pause: { node: 'tokyo-1', atMs: 1, durationMs } }] });
    expect(await codesOf(pause(9.9))).toEqual(['FAULT_UNNOTICED']);
    expect(await codesOf(pause(10.1))).toEqual([]);
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
