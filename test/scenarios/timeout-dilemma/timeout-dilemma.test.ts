import { describe, expect, it } from '@jest/globals';
import fs from 'node:fs';
import path from 'node:path';
import { ExperimentResult } from '../../../src/experiments/result/experiment-result';
import { startRun } from '../../../src/experiments/run/start-run';
import { resolveExperiment } from '../../../src/experiments/spec/resolve-experiment';
import { MeasurementsAccumulator } from '../../../src/model/measurements-accumulator';
import { Problems } from '../../../src/model/problem';
import { Fields } from '../../../src/model/spec/fields';

const EXPERIMENT = path.join(__dirname, '../../../examples/timeout-dilemma.json');
const TIMEOUTS_MS = [200, 400, 800, 1600, 3200];
const HEARTBEAT_MS = 100;
const SWEEP_MS_MAX = 300_000;

interface Point {
  readonly timeoutMs: number;
  readonly falseFailovers: number;
  readonly recoveryMs: number;
}

describe('the time after which a silent leader is dead', () => {
  it(
    'is a dilemma: the longer it is, the fewer leaders are replaced in vain, and the longer a crash takes to recover from',
    async () => {
      const curve: Point[] = [];
      for (const timeoutMs of TIMEOUTS_MS) curve.push(await pointAt(timeoutMs));
      console.table(curve);
      expect(curve.map(({ falseFailovers }) => falseFailovers)).toEqual(falling(curve));
      expect(curve.map(({ recoveryMs }) => recoveryMs)).toEqual(rising(curve));
      const [shortest, longest] = [curve[0], curve[curve.length - 1]];
      expect(shortest.falseFailovers).toBeGreaterThan(20 * longest.falseFailovers);
      expect(longest.recoveryMs).toBeGreaterThan(longest.timeoutMs);
    },
    SWEEP_MS_MAX,
  );
});

function falling(curve: readonly Point[]): readonly number[] {
  return [...new Set(curve.map(({ falseFailovers }) => falseFailovers))].sort((one, other) => other - one);
}

function rising(curve: readonly Point[]): readonly number[] {
  return [...new Set(curve.map(({ recoveryMs }) => recoveryMs))].sort((one, other) => one - other);
}

/** All repetitions of the experiment of that time-out, together. */
async function pointAt(timeoutMs: number): Promise<Point> {
  const result = await playedWith(timeoutMs / HEARTBEAT_MS);
  const falseFailovers = result.anomalies.find(({ kind }) => kind === 'FALSE_FAILOVER')?.count ?? NaN;
  const recoveryMs = result.replication.failoverTimes.recovery.meanMs ?? NaN;
  return { timeoutMs, falseFailovers, recoveryMs };
}

async function playedWith(misses: number): Promise<ExperimentResult> {
  const input = inputWith(misses);
  const problems = Problems.none();
  const nothingStored = { findMany: () => Promise.resolve([]) };
  const resolved = await resolveExperiment(new Fields(input, problems), nothingStored);
  if (resolved === null || problems.count > 0) throw new Error(JSON.stringify(problems.all, null, 2));
  const { spec, seed, repetitions } = resolved;
  const merged = new MeasurementsAccumulator();
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const run = startRun({ spec, seed, repetition });
    while (!run.done) run.advance(Infinity);
    merged.add(run.finish().measurements);
  }
  return new ExperimentResult(merged.measurements());
}

interface Template {
  readonly cluster: {
    readonly replication: { readonly singleLeader: { readonly failover: { misses: number } } };
  };
}

function inputWith(misses: number): object {
  const input = JSON.parse(fs.readFileSync(EXPERIMENT, 'utf8')) as Template;
  input.cluster.replication.singleLeader.failover.misses = misses;
  return input;
}
