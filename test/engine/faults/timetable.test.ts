import { describe, expect, it } from '@jest/globals';
import type { ExperimentSpec } from '../../../src/model/spec/experiment';
import type { FaultSpec } from '../../../src/model/spec/fault';
import type { NemesisSpec } from '../../../src/model/spec/nemesis';
import { InvariantError } from '../../../src/model/invariant';
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
    const clients = [{ datacenter: 'b', sessions: 3, ratePerSecond: 7 }];
    const scheduled: FaultSpec = {
      crash: { node: 'b-2', atMs: 100, restartAfterMs: null, inFlight: 'LOST' },
    };
    const other = play({ nemesis: CRASHES, workload: { ...workload, clients }, faults: [scheduled] });
    expect(crashesOf(other)).toEqual(crashesOf({ faults }));
    expect(crashesOf(play({ nemesis: CRASHES }, 2n))).not.toEqual(crashesOf({ faults }));
  });

  it('refuses what hosts and network cannot suffer yet', () => {
    const pause: FaultSpec = { pause: { node: 'b-1', atMs: 100, durationMs: 10 } };
    expect(() => play({ faults: [pause] })).toThrow(InvariantError);
    const { cluster } = specOf({ datacenters: { a: 1, b: 2 } });
    const links = cluster.links.map((link) => ({ ...link, loss: 0.1 }));
    expect(() => play({ cluster: { ...cluster, links } })).toThrow('not built');
  });
});
