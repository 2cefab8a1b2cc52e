import { describe, expect, it } from '@jest/globals';
import { EndpointMap } from '../../../src/model/spec/endpoint-map';
import { NEMESIS_KINDS, type NemesisKind, type NemesisSpec } from '../../../src/model/spec/nemesis';
import { nodesOf } from '../../../src/model/spec/topology';
import type { FaultStep } from '../../../src/engine/faults/affliction';
import { Nemesis } from '../../../src/engine/faults/nemesis';
import { Soonest } from '../../../src/engine/faults/soonest';
import { RandomStreams } from '../../../src/engine/random-streams';
import { playSteps, TWO_PLACES } from './afflicted';

const RANDOM_FAULTS: NemesisSpec = {
  meanTimeToFailureMs: 60,
  meanTimeToRepairMs: 20,
  kinds: ['CRASH'],
  nodes: null,
};

interface Trial {
  readonly spec?: Partial<NemesisSpec>;
  readonly seed?: bigint;
  readonly map?: EndpointMap;
  readonly fromMs?: number;
  readonly untilMs?: number;
}

function nemesisOf({ spec, seed = 1n, map = TWO_PLACES, fromMs = 0 }: Trial): Nemesis {
  return new Nemesis({ ...RANDOM_FAULTS, ...spec }, { map, streams: new RandomStreams(seed), fromMs });
}

function stepsOf(trial: Trial): FaultStep[] {
  const { untilMs = 10_000 } = trial;
  const nemesis = nemesisOf(trial);
  const steps: FaultStep[] = [];
  while (nemesis.nextAtMs < untilMs) steps.push(nemesis.next());
  return steps;
}

/** When what befalls that node begins and ends, by turns. */
function turnsOf(steps: readonly FaultStep[], kind: NemesisKind, node: number | null): readonly number[] {
  return steps
    .filter((step) => {
      if (step.act !== 'BEGIN' && step.act !== 'END') return false;
      const { affliction } = step;
      if (affliction.kind !== kind) return false;
      return node === null || ('node' in affliction && affliction.node === node);
    })
    .map(({ atMs }) => atMs);
}

/** Good and bad times in turn. */
function lengthsOf(turns: readonly number[]): readonly number[] {
  return turns.map((atMs, index) => atMs - (index === 0 ? 0 : turns[index - 1]));
}

const everyOther = (first: number) => (_: unknown, index: number) => index % 2 === first;

/** The mean, and how many of its own standard errors it is away from what is expected of an exponential law. */
function deviation(lengths: readonly number[], expected: number): number {
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  return (mean - expected) / (expected / Math.sqrt(lengths.length));
}

describe('a nemesis', () => {
  const long = stepsOf({ untilMs: 4_000_000 });

  it.each([0, 1, 2])('gives node %d good and bad times of the means it was told, exponential', (node) => {
    const lengths = lengthsOf(turnsOf(long, 'CRASH', node));
    const [good, bad] = [lengths.filter(everyOther(0)), lengths.filter(everyOther(1))];
    expect(good.length).toBeGreaterThan(40_000);
    expect(Math.abs(deviation(good, 60))).toBeLessThan(4);
    expect(Math.abs(deviation(bad, 20))).toBeLessThan(4);
    for (const [times, meanMs] of [
      [good, 60],
      [bad, 20],
    ] as const)
      for (const quantile of [0.1, 0.5, 0.9]) {
        const share =
          times.filter((length) => length < -meanMs * Math.log(1 - quantile)).length / times.length;
        const error = Math.sqrt((quantile * (1 - quantile)) / times.length);
        expect(Math.abs(share - quantile)).toBeLessThan(4 * error);
      }
  });

  it('has k of three nodes up for as much of the time as independent nodes of that availability', () => {
    const share = upShares(long, 4_000_000);
    const p = 60 / (60 + 20);
    const binomial = [(1 - p) ** 3, 3 * p * (1 - p) ** 2, 3 * p ** 2 * (1 - p), p ** 3];
    // Of a two-state process of relaxation time τ, the share of T has the variance 2 p (1 − p) τ / T, and the share of a state of
    // several such processes at most that, for their slowest mode has the same τ.
    const relaxationMs = 1 / (1 / 60 + 1 / 20);
    binomial.forEach((expected, up) => {
      const error = Math.sqrt((2 * expected * (1 - expected) * relaxationMs) / 4_000_000);
      expect(Math.abs(share[up] - expected)).toBeLessThan(4 * error);
    });
  });

  it('begins well, at the beginning of the warm-up', () => {
    const seeds = Array.from({ length: 2000 }, (_, index) => BigInt(index));
    const first = seeds.map((seed) => nemesisOf({ seed, fromMs: -1000 }).next());
    expect(first.every(({ act, atMs }) => act === 'BEGIN' && atMs > -1000)).toBe(true);
    expect(
      Math.abs(
        deviation(
          first.map(({ atMs }) => atMs + 1000),
          60 / 3,
        ),
      ),
    ).toBeLessThan(4);
  });

  it('tells its steps in the order of time', () => {
    const steps = stepsOf({ spec: { kinds: NEMESIS_KINDS } });
    expect(steps.length).toBeGreaterThan(1000);
    expect(steps.every(({ atMs }, index) => index === 0 || atMs >= steps[index - 1].atMs)).toBe(true);
  });

  it('does the same to a node whatever else it does, and to whom', () => {
    const alone = turnsOf(stepsOf({ spec: { nodes: ['a-2'] } }), 'CRASH', 1);
    const everything = turnsOf(stepsOf({ spec: { kinds: NEMESIS_KINDS } }), 'CRASH', 1);
    expect(alone.length).toBeGreaterThan(100);
    expect(everything).toEqual(alone);
  });

  it('only stretches its times with its means', () => {
    const longer = { meanTimeToFailureMs: 120, meanTimeToRepairMs: 40 };
    const twice = turnsOf(stepsOf({ spec: longer, untilMs: 20_000 }), 'CRASH', 0);
    const once = turnsOf(stepsOf({}), 'CRASH', 0);
    expect(twice.length).toBe(once.length);
    twice.forEach((atMs, index) => expect(atMs / 2).toBeCloseTo(once[index], 6));
  });

  it('treats nodes, and seeds, differently', () => {
    const steps = stepsOf({});
    expect(turnsOf(steps, 'CRASH', 0)).not.toEqual(turnsOf(steps, 'CRASH', 1));
    expect(turnsOf(stepsOf({ seed: 2n }), 'CRASH', 0)).not.toEqual(turnsOf(steps, 'CRASH', 0));
  });

  it('hits only the nodes it may', () => {
    const kinds = ['CRASH', 'PAUSE', 'SLOW_DISK', 'CLOCK_SKEW'] as const;
    const { world } = playSteps(stepsOf({ spec: { kinds, nodes: ['b-1'] } }), { endMs: 10_000 });
    expect(world.lines.length).toBeGreaterThan(100);
    expect(world.lines.every((line) => line.includes('b-1'))).toBe(true);
  });

  it.each(NEMESIS_KINDS)('of %s alternates for ever and is over at the end', (kind) => {
    const steps = stepsOf({ spec: { kinds: [kind] } });
    const turns = steps.filter(
      (step) => 'affliction' in step && 'node' in step.affliction && step.affliction.node !== 0,
    );
    const one = turns.length === 0 ? steps : steps.filter((step) => !turns.includes(step));
    expect(one.length).toBeGreaterThan(50);
    expect(one.every(({ act }, index) => act === (index % 2 === 0 ? 'BEGIN' : 'END'))).toBe(true);
    const { world, told } = playSteps(steps, { endMs: 10_000 });
    expect(told.length).toBeGreaterThan(50);
    expect([world.down.size, world.paused.size, world.cuts.size]).toEqual([0, 0, 0]);
  });
});

describe('what a nemesis chooses', () => {
  it('parts the nodes into random halves, each as often, and no client', () => {
    const steps = stepsOf({ spec: { kinds: ['PARTITION'] }, untilMs: 100_000 });
    const alone = [0, 0, 0];
    const partitions = steps.flatMap((step) =>
      step.act === 'BEGIN' && step.affliction.kind === 'PARTITION' ? [step.affliction] : [],
    );
    for (const { cut } of partitions) {
      const [{ from, to }] = cut;
      expect([from.length, to.length]).toEqual([1, 2]);
      expect([...from, ...to].sort()).toEqual([0, 1, 2]);
      alone[from[0]]++;
    }
    const error = Math.sqrt(partitions.length * (1 / 3) * (2 / 3));
    for (const times of alone) expect(Math.abs(times - partitions.length / 3)).toBeLessThan(4 * error);
  });

  it('slows links between datacenters, in the only one, or everywhere in a cluster without', () => {
    const whereOf = (map: EndpointMap) =>
      [
        ...new Set(
          stepsOf({ map, spec: { kinds: ['SLOW_LINK', 'LOSSY_LINK'] }, untilMs: 50_000 }).flatMap((step) =>
            step.act === 'BEGIN' && 'where' in step.affliction ? [step.affliction.where] : [],
          ),
        ),
      ].sort();
    const places = (names: readonly string[]) =>
      new EndpointMap(nodesOf({ datacenters: names.map((name) => ({ name, nodes: 1 })), nodes: null }), []);
    expect(whereOf(places(['x', 'y', 'z']))).toEqual([
      'between x and y',
      'between x and z',
      'between y and z',
    ]);
    expect(whereOf(places(['x']))).toEqual(['within x']);
    expect(whereOf(new EndpointMap(nodesOf({ datacenters: [], nodes: 3 }), []))).toEqual(['everywhere']);
  });

  it('skews clocks evenly, ahead and back', () => {
    const offsets = stepsOf({ spec: { kinds: ['CLOCK_SKEW'] }, untilMs: 400_000 }).flatMap((step) =>
      step.act === 'BEGIN' && step.affliction.kind === 'CLOCK_SKEW' ? [step.affliction.offsetMs] : [],
    );
    const mean = offsets.reduce((sum, offset) => sum + offset, 0) / offsets.length;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(2000 ** 2 / 12 / offsets.length));
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(1000);
    expect(Math.max(...offsets.map(Math.abs))).toBeGreaterThan(990);
  });

  it('takes either datacenter out', () => {
    const out = stepsOf({ spec: { kinds: ['DATACENTER_OUTAGE'] } }).flatMap((step) =>
      step.act === 'BEGIN' && step.affliction.kind === 'DATACENTER_OUTAGE'
        ? [step.affliction.datacenter]
        : [],
    );
    expect([...new Set(out)].sort()).toEqual(['a', 'b']);
  });
});

describe('Soonest', () => {
  it('gives the times in their order, the lower index first, whatever they are put off to', () => {
    const times = [5, 1, 3, 1, 9];
    const soonest = new Soonest(times);
    const random = new RandomStreams(3n).stream({ purpose: 'test', entity: 'soonest' });
    for (let turn = 0; turn < 2000; turn++) {
      const expected = times.indexOf(Math.min(...times));
      expect([soonest.soonest, soonest.soonestMs]).toEqual([expected, times[expected]]);
      times[expected] += random.below(6);
      soonest.postpone(times[expected]);
    }
  });
});

/** For how much of the time no, one, two or three nodes were up, each up at first. */
function upShares(steps: readonly FaultStep[], untilMs: number): readonly number[] {
  const shares = [0, 0, 0, 0];
  let up = 3;
  let sinceMs = 0;
  for (const { act, atMs } of steps) {
    shares[up] += (atMs - sinceMs) / untilMs;
    sinceMs = atMs;
    up += act === 'BEGIN' ? -1 : 1;
  }
  shares[up] += (untilMs - sinceMs) / untilMs;
  return shares;
}
