import { describe, expect, it } from '@jest/globals';
import { readExperiment } from '../../src/cli/read-experiment';

const EXPERIMENT = {
  name: 'pair',
  seed: '42',
  idempotencyKey: 'pair-1',
  cluster: {
    name: 'pair',
    datacenters: [
      { name: 'seoul', nodes: 1 },
      { name: 'tokyo', nodes: 1 },
    ],
    links: [{ between: ['seoul', 'tokyo'], latency: { constant: { ms: 15 } } }],
    replication: { singleLeader: {} },
  },
  workload: { durationMs: 1000, clients: [{ datacenter: 'seoul', sessions: 2, ratePerSecond: 100 }] },
};

describe('an experiment in a file', () => {
  it('is one as it was submitted, completed with the defaults', async () => {
    const read = await readExperiment(EXPERIMENT);
    expect(read).toMatchObject({
      kind: 'READ',
      experiment: { seed: 42n, spec: { workload: { readShare: expect.any(Number) }, faults: [] } },
    });
  });

  it('is refused with every problem at its place', async () => {
    const read = await readExperiment({ ...EXPERIMENT, sed: 1, workload: { durationMs: -1 } });
    const paths = read.kind === 'REFUSED' ? read.problems.map(({ path }) => path.join('.')) : [];
    expect(paths).toEqual(expect.arrayContaining(['sed', 'workload.durationMs', 'workload.clients']));
  });

  it('must bring its own cluster', async () => {
    const read = await readExperiment({ ...EXPERIMENT, cluster: undefined, clusterId: 'cl_01' });
    expect(read).toMatchObject({ kind: 'REFUSED', problems: [{ path: ['clusterId'] }] });
  });
});
