import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { ENGINE_VERSION } from '../../src/engine/engine-version';
import { outlineOf } from '../../src/engine/outline';
import type { Operation } from '../../src/model/operation';
import { createSimulation } from '../../src/protocols/create-simulation';
import { about, Chronicle, chronicleOf, exactly, play, specOf, type Scene } from './scene';

const lively: Scene = {
  datacenters: { a: 1, b: 2 },
  links: [{ between: ['a', 'b'], latency: { lognormal: { medianMs: 15, sigma: 0.2 } } }],
  serviceTime: { uniform: { minMs: 0.1, maxMs: 0.5 } },
  fsync: about(0.5),
  reads: 'NEAREST',
  workload: {
    warmupMs: 200,
    clients: ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 5, ratePerSecond: 300 })),
    keys: { count: 50, distribution: { zipfian: { exponent: 0.99 } } },
    timeoutMs: 300,
  },
  faults: [
    { crash: { node: 'a-1', atMs: 300, restartAfterMs: 200 } },
    { crash: { node: 'b-2', atMs: 100, restartAfterMs: null } },
    { restart: { node: 'b-2', atMs: 700 } },
  ],
};

function simulate(scene: Scene, observer = chronicleOf(scene)) {
  return createSimulation({ spec: specOf(scene), seed: 1n, repetition: 0, observer });
}

describe('Simulation', () => {
  it('plays the reference run as this version of the engine does: a change on purpose raises ENGINE_VERSION', () => {
    const digest = createHash('sha256').update(play(lively, 42n).lines.join('\n')).digest('hex');
    expect({ [ENGINE_VERSION]: digest }).toEqual({
      '5': 'c929d5e6a6774712ca40bd11be6093f9765ade66869d3570e194c31e6ce70724',
    });
  });

  it('makes the same calls however it is cut into advances', () => {
    const chronicle = chronicleOf(lively);
    const simulation = simulate(lively, chronicle);
    while (!simulation.done) simulation.advance(7);
    expect(chronicle.lines).toEqual(play(lively).lines);
  });

  it('plays another run for another seed, and for another repetition', () => {
    const runs = [[1n, 0] as const, [2n, 0] as const, [1n, 1] as const].map(([seed, repetition]) => {
      const observer = chronicleOf(lively);
      createSimulation({ spec: specOf(lively), seed, repetition, observer }).advance(Infinity);
      return observer.lines.join();
    });
    expect(new Set(runs).size).toBe(3);
  });

  it('cannot be changed by its observer', () => {
    const meddler = chronicleOf(lively);
    meddler.committed = (commit) => Object.assign(commit, { key: 0, operation: 0 });
    simulate(lively, meddler).advance(Infinity);
    expect(meddler.ended).toEqual(play(lively).ended);
  });

  it('reports a fraction that never falls and is 1 only when it is done', () => {
    const simulation = simulate(lively);
    let last = simulation.fraction;
    expect(last).toBe(0);
    while (!simulation.done) {
      expect(simulation.fraction).toBeLessThan(1);
      simulation.advance(10);
      expect(simulation.fraction).toBeGreaterThanOrEqual(last);
      last = simulation.fraction;
    }
    expect(last).toBe(1);
  });

  it('plays as many events as it is allowed, and nothing after the end', () => {
    const simulation = simulate(lively);
    simulation.advance(100);
    expect(simulation.events).toBe(100);
    simulation.advance(Infinity);
    const { events } = simulation;
    simulation.advance(100);
    expect(simulation.events).toBe(events);
  });

  it('counts operations, messages and bytes', () => {
    const observer = new Chronicle();
    const simulation = simulate({ datacenters: { a: 1 }, links: [], workload: { readShare: 0 } }, observer);
    simulation.advance(Infinity);
    expect(simulation.simulatedOperations).toBe(observer.ended.length);
    expect(simulation.messages).toBe(2 * observer.ended.length);
    expect(simulation.bytes).toBe(observer.ended.length * (2 * 100 + 100));
  });

  it('ends every operation that it invoked exactly once, and fails at the end those that it never sent', () => {
    const crowded: Scene = { ...lively, workload: { ...lively.workload, timeoutMs: 5000 } };
    const { invoked, ended, stops } = play(crowded);
    const neverSent = ended.filter(({ outcome }) => outcome === 'FAILED');
    const sent = ended.filter(({ outcome }) => outcome !== 'FAILED');
    const idsOf = (operations: readonly Operation[]) =>
      operations.map(({ id }) => id).sort((one, other) => one - other);
    expect(idsOf(sent)).toEqual(idsOf(invoked));
    expect(idsOf(ended)).toEqual(ended.map((_, index) => index));
    expect(neverSent.length).toBeGreaterThan(3);
    expect(
      neverSent.every(({ completedAtMs, version }) => completedAtMs === stops[0] && version === null),
    ).toBe(true);
  });

  it('tells everything in the order of time', () => {
    const { lines } = play(lively);
    const times = lines.map(
      (line) =>
        /"(?:completedAtMs|atMs)":(-?[\d.e-]+)/.exec(line.replace(/^invoked.*?"invokedAtMs"/, '"atMs"'))?.[1],
    );
    const known = times.filter((time) => time !== undefined).map(Number);
    expect(known.length).toBeGreaterThan(1000);
    expect(known.every((time, index) => index === 0 || time >= known[index - 1])).toBe(true);
  });

  it('restarts whoever is down when the clients stop, and then settles until the world is quiet', () => {
    const { faults, stops, settles } = play({
      faults: [{ crash: { node: 'b-1', atMs: 500, restartAfterMs: null } }],
    });
    expect(faults.map(({ kind, atMs }) => `${kind} ${atMs}`)).toEqual([
      'CRASH 500',
      'RESTART 1000',
      'CAUGHT_UP 1020',
    ]);
    expect(stops).toEqual([1000]);
    expect(settles.map(({ atMs }) => atMs)).toEqual([1030]);
  });

  it('lets operations that were sent go on, and gives up after 60 seconds', () => {
    const clients = [{ datacenter: 'a', sessions: 200, ratePerSecond: 200 }];
    const workload = { timeoutMs: 1_000_000, durationMs: 1000, clients };
    const slow: Scene = { serviceTime: exactly(1000), workload };
    const { ended, settles } = play(slow);
    expect(settles.map(({ atMs }) => atMs)).toEqual([61_000]);
    const open = ended.filter(({ outcome }) => outcome === 'UNKNOWN');
    expect(open.length).toBeGreaterThan(10);
    expect(open.every(({ completedAtMs }) => completedAtMs === 61_000)).toBe(true);
  });

  it('hands over what every node holds at the end, absent keys as null', () => {
    const { settles, commits } = play({
      workload: { keys: { count: 12, distribution: { uniform: { firstKey: 2 } } } },
    });
    const newest = Array.from(
      { length: 12 },
      (_, key) => commits.filter((commit) => commit.key === key).at(-1)?.version ?? null,
    );
    expect(settles[0].states).toMatchObject([0, 1].map((node) => ({ node, versions: newest })));
    expect(newest.slice(0, 2)).toEqual([null, null]);
  });

  it('is described by an outline whose numbers are those of the events', () => {
    expect(outlineOf(specOf(lively), 3)).toMatchObject({
      repetition: 3,
      nodes: ['a-1', 'b-1', 'b-2'],
      clientDatacenters: ['a', 'b'],
      sessions: 10,
      keys: 50,
      durationMs: 1000,
    });
  });
});
