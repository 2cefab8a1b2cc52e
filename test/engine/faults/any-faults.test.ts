import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FaultReach, FaultSpec, InFlight } from '../../../src/model/spec/fault';
import { SOUND_LINK, type LinkCondition } from '../../../src/engine/link';
import { playFaults, playToTheEnd } from './afflicted';

const END_MS = 40;
const NODES = ['a-1', 'a-2', 'b-1'];

const at = { atMs: fc.integer({ min: -5, max: END_MS - 1 }) };
const lengthMs = fc.integer({ min: 1, max: 50 });
const perhaps = fc.option(lengthMs);
const node = fc.constantFrom(...NODES);
const datacenter = fc.constantFrom('a', 'b');
const factor = fc.constantFrom(0, 0.1, 1, 3);
const chance = fc.constantFrom(0, 0.3, 1);
const sides = fc.constantFrom(
  { between: [['a'], ['b']] } as const,
  { between: [['a-1'], ['a-2', 'b-1']] } as const,
  { from: ['a-1', 'a-2'], to: ['b'] } as const,
  { from: ['b-1'], to: ['a'] } as const,
);
const reach = fc.constantFrom<FaultReach>(
  { between: ['a', 'b'] },
  { within: 'a' },
  { from: 'b', to: 'a' },
  { everywhere: true },
);

const anyFault: fc.Arbitrary<FaultSpec> = fc.oneof(
  fc
    .record({
      node,
      ...at,
      restartAfterMs: perhaps,
      inFlight: fc.constantFrom<InFlight>('LOST', 'DELIVERED'),
    })
    .map((crash) => ({ crash })),
  fc.record({ node, ...at }).map((restart) => ({ restart })),
  fc.record({ node, ...at, durationMs: lengthMs }).map((pause) => ({ pause })),
  fc
    .tuple(sides, fc.record({ ...at, healAfterMs: perhaps }))
    .map(([parted, times]) => ({ partition: { ...parted, ...times } })),
  fc.record({ node, ...at, healAfterMs: perhaps }).map((isolate) => ({ isolate })),
  fc.record({ datacenter, ...at, healAfterMs: perhaps }).map((isolate) => ({ isolate })),
  fc.record(at).map((heal) => ({ heal })),
  fc
    .tuple(reach, fc.record({ ...at, durationMs: lengthMs, factor, extraMs: fc.constantFrom(0, 5) }))
    .map(([ends, slow]) => ({ slowLink: { ...ends, ...slow } })),
  fc
    .tuple(reach, fc.record({ ...at, durationMs: lengthMs, loss: chance, duplication: chance }))
    .map(([ends, lossy]) => ({ lossyLink: { ...ends, ...lossy } })),
  fc.record({ node, ...at, durationMs: lengthMs, factor }).map((slowDisk) => ({ slowDisk })),
  fc
    .record({
      node,
      ...at,
      durationMs: perhaps,
      offsetMs: fc.constantFrom(-7, 0, 0.1),
      driftPpm: fc.constantFrom(0, 30),
    })
    .map((clockSkew) => ({ clockSkew })),
  fc.record({ datacenter, ...at, durationMs: lengthMs }).map((datacenterOutage) => ({ datacenterOutage })),
  fc
    .record({
      nodes: fc.option(fc.shuffledSubarray(NODES, { minLength: 1 })),
      ...at,
      downMs: lengthMs,
      betweenMs: fc.integer({ min: 0, max: 9 }),
    })
    .map((rollingUpgrade) => ({ rollingUpgrade })),
);

const anyFaults = fc.array(anyFault, { maxLength: 15 });
const SAMPLES = { numRuns: 500, seed: 1 };

function isSound(condition: LinkCondition): boolean {
  return JSON.stringify(condition) === JSON.stringify(SOUND_LINK);
}

/** The world of the tests refuses a call that changes nothing: a crash of a node that is down, a mend of what is whole. */
describe('whatever the schedule', () => {
  it('every call is a change, and at the end the world is whole', () => {
    fc.assert(
      fc.property(anyFaults, (faults) => {
        const { world } = playToTheEnd(faults, { endMs: END_MS });
        expect([world.down.size, world.paused.size, world.cuts.size]).toEqual([0, 0, 0]);
        expect([...world.disks.values()].every((last) => last === 1)).toBe(true);
        expect([...world.links.values()].filter((last) => !isSound(last))).toEqual([]);
        expect([...world.clocks.values()].every((last) => last.offsetMs === 0 && last.driftPpm === 0)).toBe(
          true,
        );
      }),
      SAMPLES,
    );
  });

  it('a link is never impossible: no chance leaves 0 … 1, no time is negative', () => {
    fc.assert(
      fc.property(anyFaults, (faults) => {
        const conditions = [...playFaults(faults).world.links.values()];
        const chances = conditions.flatMap(({ loss, duplication }) => [loss, duplication]);
        expect(chances.every((probability) => probability >= 0 && probability <= 1)).toBe(true);
        expect(conditions.every(({ factor: times, extraMs }) => times >= 0 && extraMs >= 0)).toBe(true);
      }),
      SAMPLES,
    );
  });

  it('a fault in the middle of nothing leaves no trace once it is over', () => {
    fc.assert(
      fc.property(anyFault, (fault) => {
        const quiet = [{ crash: { node: 'a-1', atMs: 400, restartAfterMs: 10, inFlight: 'LOST' } }] as const;
        const alone = playFaults(quiet).world.lines;
        const after = playFaults([
          fault,
          { heal: { atMs: 150 } },
          { restart: { node: 'a-1', atMs: 150 } },
          ...quiet,
        ]);
        expect(after.world.lines.filter((line) => Number(line.split(' ')[0]) >= 400)).toEqual(alone);
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it('a crash of each node alternates with its return', () => {
    fc.assert(
      fc.property(anyFaults, (faults) => {
        const { world } = playToTheEnd(faults, { endMs: END_MS });
        for (const name of NODES) {
          const fate = world.lines
            .map((line) => /^\S+ (crash|restart) (\S+)/.exec(line))
            .filter((match) => match?.[2] === name)
            .map((match) => match?.[1]);
          expect(fate.every((what, index) => what === (index % 2 === 0 ? 'crash' : 'restart'))).toBe(true);
          expect(fate.length % 2).toBe(0);
        }
      }),
      SAMPLES,
    );
  });
});
