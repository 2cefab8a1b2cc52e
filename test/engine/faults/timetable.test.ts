import { describe, expect, it } from '@jest/globals';
import { DEFAULT_ARRIVALS } from '../../../src/model/spec/defaults';
import type { ExperimentSpec } from '../../../src/model/spec/experiment';
import type { FaultSpec } from '../../../src/model/spec/fault';
import { NEMESIS_KINDS, type NemesisSpec } from '../../../src/model/spec/nemesis';
import { createSimulation } from '../../../src/protocols/create-simulation';
import { Chronicle, specOf } from '../scene';

const CRASHES: NemesisSpec = {
  meanTimeToFailureMs: 300,
  meanTimeToRepairMs: 100,
  kinds: ['CRASH'],
  nodes: null,
};

function play(changes: Partial<ExperimentSpec>, seed = 1n): Chronicle {
  const chronicle = new Chronicle();
  const spec = {
    ...specOf({ datacenters: { a: 1, b: 2 }, workload: { durationMs: 5000, warmupMs: 500 } }),
    ...changes,
  };
  createSimulation({ spec, seed, repetition: 0, observer: chronicle }).advance(Infinity);
  return chronicle;
}

describe('the timetable of a run', () => {
  const { faults, stops, settles } = play({ nemesis: CRASHES });

  it('plays a nemesis from the beginning of the warm-up until the clients stop', () => {
    expect(faults.length).toBeGreaterThan(50);
    expect(faults[0].atMs).toBeGreaterThan(-500);
    expect(faults.some(({ atMs }) => atMs < 0)).toBe(true);
    expect(faults.filter(({ kind }) => kind === 'CRASH').every(({ atMs }) => atMs < 5000)).toBe(true);
    expect(stops).toEqual([5000]);
  });

  it.each([0, 1, 2])('has node %d up again at the end, and equal to the others', (node) => {
    const fate = faults.filter((fault) => fault.node === node && fault.kind !== 'CAUGHT_UP');
    expect(fate.length % 2).toBe(0);
    expect(fate.every(({ kind }, index) => kind === (index % 2 === 0 ? 'CRASH' : 'RESTART'))).toBe(true);
    expect(settles[0].states[node].versions).toEqual(settles[0].states[0].versions);
  });

  it('gives the nemesis the same chances whatever the clients do and what is scheduled', () => {
    const crashesOf = (run: Pick<Chronicle, 'faults'>) =>
      run.faults.filter(({ kind, node }) => kind === 'CRASH' && node === 1).map(({ atMs }) => atMs);
    const { workload } = specOf({ workload: { durationMs: 5000, warmupMs: 500 } });
    const clients = [{ datacenter: 'b', sessions: 3, ratePerSecond: 7, arrivals: DEFAULT_ARRIVALS }];
    const scheduled: FaultSpec = {
      crash: { node: 'b-2', atMs: 100, restartAfterMs: null, inFlight: 'LOST' },
    };
    const other = play({ nemesis: CRASHES, workload: { ...workload, clients }, faults: [scheduled] });
    expect(crashesOf(other)).toEqual(crashesOf({ faults }));
    expect(crashesOf(play({ nemesis: CRASHES }, 2n))).not.toEqual(crashesOf({ faults }));
  });

  it.each<FaultSpec>([
    { crash: { node: 'a-1', atMs: 1000, restartAfterMs: 300, inFlight: 'LOST' } },
    { crash: { node: 'b-1', atMs: 1000, restartAfterMs: null, inFlight: 'DELIVERED' } },
    { pause: { node: 'a-1', atMs: 1000, durationMs: 300 } },
    { partition: { between: [['a'], ['b']], atMs: 1000, healAfterMs: 700 } },
    { partition: { from: ['b-1'], to: ['a-1'], atMs: 1000, healAfterMs: null } },
    { isolate: { datacenter: 'b', atMs: 1000, healAfterMs: 300 } },
    { slowLink: { between: ['a', 'b'], atMs: 1000, durationMs: 500, factor: 20, extraMs: 30 } },
    { lossyLink: { everywhere: true, atMs: 1000, durationMs: 500, loss: 0.5, duplication: 0.5 } },
    { slowDisk: { node: 'b-1', atMs: 1000, durationMs: 500, factor: 50 } },
    { clockSkew: { node: 'a-1', atMs: 1000, offsetMs: -500, driftPpm: 100, durationMs: 500 } },
    { datacenterOutage: { datacenter: 'b', atMs: 1000, durationMs: 500 } },
    { rollingUpgrade: { nodes: null, atMs: 1000, downMs: 200, betweenMs: 100 } },
  ])('plays %j on hosts and network, and has the replicas equal at the end', (fault) => {
    const run = play({ faults: [fault] });
    expect(run.faults.length).toBeGreaterThan(0);
    const [{ states }] = run.settles;
    for (const { versions, values } of states)
      expect({ versions, values }).toEqual({ versions: states[0].versions, values: states[0].values });
  });

  it('plays a nemesis of every kind, and has the replicas equal at the end', () => {
    const run = play({ nemesis: { ...CRASHES, kinds: NEMESIS_KINDS } });
    expect(new Set(run.faults.map(({ kind }) => kind)).size).toBeGreaterThan(8);
    const [{ states }] = run.settles;
    for (const { versions } of states) expect(versions).toEqual(states[0].versions);
  });
});
