import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RunHash, type RunTotals } from '../../src/engine/run-hash';
import { createSimulation } from '../../src/protocols/create-simulation';
import { applied, HISTORIES, invoked, type Call } from './hashed-histories';
import { about, Chronicle, specOf, type Scene } from './scene';

const TOTALS: RunTotals = { atMs: 1000, events: 10, messages: 5, bytes: 500 };

function hashOf(calls: readonly Call[], totals: Partial<RunTotals> = {}): string {
  const hash = new RunHash();
  for (const call of calls) call(hash);
  return hash.sealed({ ...TOTALS, ...totals });
}

describe('RunHash', () => {
  it('differs between histories of which one fact differs', () => {
    const hashes = Object.values(HISTORIES).map((calls) => hashOf(calls));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it.each(['atMs', 'events', 'messages', 'bytes'] as const)('differs between runs of other %s', (total) => {
    expect(hashOf([applied()], { [total]: 1 })).not.toBe(hashOf([applied()]));
  });

  it('tells a difference however long ago it was', () => {
    const rest = Array.from({ length: 1000 }, (_, index) => applied(index & 3, index));
    expect(hashOf([invoked(1), ...rest])).not.toBe(hashOf([invoked(2), ...rest]));
  });

  it('is 32 hexadecimal digits, the same on every machine', () => {
    expect(hashOf(Object.values(HISTORIES).flat())).toBe('d5c1a19275b832b1b6bc244213358343');
  });

  it('changes half of its bits, whatever bit of one word changes', () => {
    const before = BigInt(`0x${hashOf([applied(1, 0)])}`);
    const changes = Array.from({ length: 31 }, (_, bit) => {
      const difference = before ^ BigInt(`0x${hashOf([applied(1, 2 ** bit)])}`);
      return difference.toString(2).replaceAll('0', '').length;
    });
    // 128 fair coins: a mean of 64 and a standard deviation of √32; five of them, and of the mean of 31 such.
    for (const bits of changes) expect(Math.abs(bits - 64)).toBeLessThan(5 * Math.sqrt(32));
    const mean = changes.reduce((sum, bits) => sum + bits, 0) / changes.length;
    expect(Math.abs(mean - 64)).toBeLessThan(5 * Math.sqrt(32 / 31));
  });
});

const SCENE: Scene = {
  datacenters: { a: 1, b: 2 },
  links: [{ between: ['a', 'b'], latency: about(15), loss: 0.02 }],
  serviceTime: about(0.5),
  fsync: about(1),
  reads: 'ANY_FOLLOWER',
  workload: { durationMs: 200, timeoutMs: 100 },
  faults: [{ crash: { node: 'a-1', atMs: 100, restartAfterMs: 30 } }],
};

function played(scene: Scene, seed: bigint, eventsAtOnce = Infinity): { hash: string; lines: string } {
  const observer = new Chronicle();
  const simulation = createSimulation({ spec: specOf(scene), seed, repetition: 0, observer });
  while (!simulation.done) simulation.advance(eventsAtOnce);
  return { hash: simulation.hash, lines: observer.lines.join('\n') };
}

describe('the hash of a simulation', () => {
  it('is the same for the same run, however it is cut into advances', () => {
    expect(played(SCENE, 1n, 7).hash).toBe(played(SCENE, 1n).hash);
  });

  it('differs exactly where something else was told', () => {
    const seed = fc.bigInt({ min: 0n, max: 20n });
    const scenes = [SCENE, { ...SCENE, faults: [] }, { ...SCENE, fsync: about(1.0000001) }];
    const scene = fc.constantFrom(...scenes);
    fc.assert(
      fc.property(seed, scene, seed, scene, (oneSeed, oneScene, otherSeed, otherScene) => {
        const [one, other] = [played(oneScene, oneSeed), played(otherScene, otherSeed)];
        expect(one.hash === other.hash).toBe(one.lines === other.lines);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('is not known before the end', () => {
    const observer = new Chronicle();
    const simulation = createSimulation({ spec: specOf(SCENE), seed: 1n, repetition: 0, observer });
    simulation.advance(10);
    expect(() => simulation.hash).toThrow('before it is done');
  });
});
