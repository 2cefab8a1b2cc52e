import { describe, expect, it } from '@jest/globals';
import { pairInput, workloadInput } from '../../support/submissions';
import { warned, warningCodes } from '../../support/warned';

const BUSY = { durationMs: 100_000, clients: [{ datacenter: 'seoul', ratePerSecond: 100 }] };

const MEANS = { meanTimeToFailureMs: 10_000, meanTimeToRepairMs: 1000 };
const SPAN = { atMs: 1, durationMs: 1000 };
const HEAL = { heal: { atMs: 1 } };

describe('warnings', () => {
  it('are none where nothing surprises', async () => {
    expect(await warningCodes({})).toEqual([]);
  });

  it.each([
    ['a disk as fast as before', { slowDisk: { node: 'tokyo-1', ...SPAN, factor: 1 } }],
    ['a clock that stays right', { clockSkew: { node: 'tokyo-1', atMs: 1 } }],
    ['a link as fast as before', { slowLink: { between: ['seoul', 'tokyo'], ...SPAN } }],
    ['a link that loses nothing', { lossyLink: { between: ['seoul', 'tokyo'], ...SPAN } }],
    ['a restart of a node that is up', { restart: { node: 'tokyo-1', atMs: 1 } }],
    ['a heal of nothing', { heal: { atMs: 1 } }],
  ])('tell of %s', async (_what, fault) => {
    expect(await warningCodes({ faults: [fault] })).toEqual(['FAULT_WITHOUT_EFFECT']);
  });

  it('tell of links where nobody sends anything', async () => {
    const slow = (within: string) => ({ faults: [{ slowLink: { within, ...SPAN, factor: 2 } }] });
    const clients = [{ datacenter: 'tokyo', ratePerSecond: 100 }];
    expect(await warningCodes({ ...slow('seoul'), workload: workloadInput({ ...BUSY, clients }) })).toEqual([
      'FAULT_WITHOUT_EFFECT',
    ]);
    expect(await warningCodes(slow('seoul'))).toEqual([]);
  });

  it('tell of a nemesis that has nobody to part', async () => {
    const nemesis = { ...MEANS, kinds: ['PARTITION'] };
    expect(await warningCodes({ nemesis })).toEqual([]);
    expect(await warningCodes({ nemesis: { ...nemesis, nodes: ['tokyo-1'] } })).toEqual([
      'FAULT_WITHOUT_EFFECT',
    ]);
  });

  it('count what they do not list', async () => {
    const [warning] = await warned({ faults: [HEAL, HEAL, HEAL] });
    expect(warning.message).toBe(
      'Fault 1 (heal) changes nothing: nobody can be parted then. There are 2 more of that kind.',
    );
  });

  it('tell nothing of a heal, or a restart, that has something to end', async () => {
    const isolate = { isolate: { node: 'tokyo-1', atMs: 0 } };
    const crash = { crash: { node: 'tokyo-1', atMs: 0 } };
    expect(await warningCodes({ faults: [isolate, HEAL] })).toEqual([]);
    expect(await warningCodes({ faults: [crash, { restart: { node: 'tokyo-1', atMs: 1 } }] })).toEqual([]);
  });

  it('tell of a fault that is over before anybody asks', async () => {
    const pause = (durationMs: number) => ({ faults: [{ pause: { node: 'tokyo-1', atMs: 1, durationMs } }] });
    expect(await warningCodes(pause(9.9))).toEqual(['FAULT_UNNOTICED']);
    expect(await warningCodes(pause(10.1))).toEqual([]);
  });

  it('tell of clients that give up before an answer can come', async () => {
    const far = { ...BUSY, clients: [{ datacenter: 'tokyo', ratePerSecond: 100 }] };
    expect(await warningCodes({ workload: { ...far, timeoutMs: 30 } })).toEqual(['TIMEOUT_BELOW_LATENCY']);
    expect(await warningCodes({ workload: { ...far, timeoutMs: 30.1 } })).toEqual([]);
  });

  it('tell of a leader that cannot keep up with its writes', async () => {
    const clients = [{ datacenter: 'seoul', ratePerSecond: 20_000 }];
    expect(await warningCodes({ workload: { ...BUSY, clients, readShare: 0 } })).toEqual(['OVERLOADED_NODE']);
    expect(await warningCodes({ workload: { ...BUSY, clients, readShare: 0.01 } })).toEqual([]);
  });

  it('tell of a service time without a mean only if there is a write', async () => {
    const cluster = pairInput({ nodeProfile: { serviceTime: { pareto: { scaleMs: 0.001, shape: 1 } } } });
    expect(await warningCodes({ cluster, workload: { ...BUSY, readShare: 0.9 } })).toEqual([
      'OVERLOADED_NODE',
    ]);
    expect(await warningCodes({ cluster, workload: { ...BUSY, readShare: 1 } })).toEqual([]);
  });

  it('tell of too few samples for a 99.9th percentile, counting all repetitions', async () => {
    expect(await warningCodes({ workload: { ...BUSY, durationMs: 1000 } })).toEqual(['TOO_FEW_SAMPLES']);
    expect(await warningCodes({ workload: { ...BUSY, durationMs: 1000 }, repetitions: 100 })).toEqual([]);
  });
});
