import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { about, play, type Chronicle, type Scene } from '../../engine/scene';
import { appliedBy, committed, lagsOf, staleReadsOf } from './chronicle-views';

describe('a single leader, whatever crashes', () => {
  const time = fc.integer({ min: 0, max: 999 });
  const fault = fc.record({
    crash: fc.record({
      node: fc.constantFrom('a-1', 'b-1', 'b-2'),
      atMs: time,
      restartAfterMs: fc.option(fc.integer({ min: 0, max: 100 })),
    }),
  });
  const links = [{ between: ['a', 'b'] as const, latency: about(30) }];
  const clients = ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 50, ratePerSecond: 300 }));
  const scene: Scene = {
    datacenters: { a: 1, b: 2 },
    links,
    serviceTime: about(0.3),
    fsync: about(3),
    workload: { clients, timeoutMs: 200 },
  };

  /** Plays one scene under many schedules and seeds. */
  function always(reads: Scene['reads'], holds: (run: Chronicle) => void): void {
    const property = fc.property(
      fc.array(fault, { maxLength: 10 }),
      fc.bigInt({ min: 0n, max: 99n }),
      (faults, seed) => {
        holds(play({ ...scene, reads, faults }, seed));
      },
    );
    fc.assert(property, { numRuns: 60, seed: 1 });
  }

  it('[SL5] never has a follower whose log is no prefix of the leader’s', () => {
    always('LEADER', (run) => {
      for (const node of [1, 2])
        expect(appliedBy(run, node)).toEqual(committed(run).slice(0, appliedBy(run, node).length));
    });
  });

  it('[SL5] never has a follower apply what is not yet committed', () => {
    always('LEADER', (run) => {
      for (const node of [1, 2]) expect(lagsOf(run, node).every((lag) => lag >= 0)).toBe(true);
    });
  });

  it('[SL12] never leaves a follower behind for ever', () => {
    always('LEADER', (run) => {
      for (const node of [1, 2]) expect(appliedBy(run, node)).toEqual(committed(run));
    });
  });

  it('[SL7] never reads what is stale under LEADER', () => {
    always('LEADER', (run) => expect(staleReadsOf(run)).toBe(0));
  });

  it('[SL13] says after each restart of a follower, unless it crashes again, that it has caught up', () => {
    always('NEAREST', (run) => {
      for (const node of [1, 2]) {
        const story = run.faults.filter((event) => event.node === node).map(({ kind }) => kind);
        expect(story.join(' ')).toMatch(/^(CRASH RESTART( CAUGHT_UP)? ?(?=CRASH|$))*$/);
        expect(['CAUGHT_UP', undefined]).toContain(story.at(-1));
      }
    });
  });
});
