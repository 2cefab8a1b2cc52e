import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { encodeMeasurements } from '../../src/experiments/result/encode-measurements';
import { WITNESSES_KEPT } from '../../src/model/anomaly';
import type { Measurements } from '../../src/model/measurements';
import { MeasurementsAccumulator } from '../../src/model/measurements-accumulator';
import { ReplicationAccumulator } from '../../src/model/replication-accumulator';
import { EMPTY_MEASUREMENTS, mergeMeasurements } from '../../src/model/merge-measurements';
import { randomRuns } from '../support/random-measurements';

const RUNS = 6;
const SAMPLES = { numRuns: 40 };

function mergeAll(runs: readonly Measurements[]): Measurements {
  return runs.reduce(mergeMeasurements, EMPTY_MEASUREMENTS);
}

/** Merges neighbours chosen by lot until one is left: any tree over the runs. */
function mergeAsTree(runs: readonly Measurements[], lots: readonly number[]): Measurements {
  const parts = [...runs];
  for (let merges = 0; parts.length > 1; merges += 1) {
    const left = lots[merges % lots.length] % (parts.length - 1);
    parts.splice(left, 2, mergeMeasurements(parts[left], parts[left + 1]));
  }
  return parts[0];
}

const orders = fc.shuffledSubarray(
  Array.from({ length: RUNS }, (_, index) => index),
  { minLength: RUNS },
);
const lots = fc.array(fc.nat(), { minLength: RUNS, maxLength: RUNS });

describe('merged measurements', () => {
  it('have the same bytes in any order and any split', () => {
    fc.assert(
      fc.property(randomRuns(RUNS), orders, lots, (runs, order, chosen) => {
        const inOrder = textOf(mergeAll(runs));
        const shuffled = order.map((index) => runs[index]);
        expect(textOf(mergeAsTree(shuffled, chosen))).toBe(inOrder);
      }),
      SAMPLES,
    );
  });

  it('are the same when each run is added to one accumulator', () => {
    fc.assert(
      fc.property(randomRuns(RUNS), orders, (runs, order) => {
        const accumulator = new MeasurementsAccumulator();
        for (const index of order) accumulator.add(runs[index]);
        expect(accumulator.measurements()).toEqual(mergeAll(runs));
        expect(accumulator.measurements()).toEqual(accumulator.measurements());
      }),
      SAMPLES,
    );
  });

  it('change by nothing when the empty measurements are merged', () => {
    fc.assert(
      fc.property(randomRuns(1), ([run]) => {
        expect(mergeMeasurements(EMPTY_MEASUREMENTS, run)).toEqual(run);
        expect(mergeMeasurements(run, EMPTY_MEASUREMENTS)).toEqual(run);
      }),
      SAMPLES,
    );
  });

  it('hold what earlier engines measured, who knew nothing of failovers', () => {
    fc.assert(
      fc.property(randomRuns(2), ([older, newer]) => {
        const stored = Object.fromEntries(
          Object.entries(older).filter(([field]) => !(field in NO_REPLICATION)),
        ) as unknown;
        const merged = mergeMeasurements(stored as Measurements, newer);
        expect(merged.runs).toBe(2);
        expect([merged.failovers, merged.positions]).toEqual([newer.failovers, newer.positions]);
        const { failovers: none } = mergeMeasurements(stored as Measurements, EMPTY_MEASUREMENTS);
        expect(none).toEqual(EMPTY_MEASUREMENTS.failovers);
      }),
      SAMPLES,
    );
  });

  it('count what was counted in each run', () => {
    fc.assert(
      fc.property(randomRuns(RUNS), (runs) => {
        const merged = mergeAll(runs);
        expect(merged.runs).toBe(RUNS);
        expect(merged.cost.events).toBe(runs.reduce((sum, { cost }) => sum + cost.events, 0));
        expect(merged.longestOutageMs).toBe(Math.max(...runs.map((run) => run.longestOutageMs)));
        expect(samplesOf(merged)).toBe(runs.reduce((sum, run) => sum + samplesOf(run), 0));
        expect(applies(merged)).toBe(runs.reduce((sum, run) => sum + applies(run), 0));
        expect(served(merged)).toBe(runs.reduce((sum, run) => sum + served(run), 0));
        expect(merged.failovers.count).toBe(runs.reduce((sum, { failovers }) => sum + failovers.count, 0));
        const losses = runs.map(({ recoveryPoint }) => recoveryPoint.lostWrites);
        expect(merged.recoveryPoint).toEqual({
          lostWrites: losses.reduce((sum, lost) => sum + lost, 0),
          runsWithLoss: losses.filter((lost) => lost > 0).length,
          lostWritesMax: Math.max(...losses),
        });
        expect(probed(merged)).toBe(runs.reduce((sum, run) => sum + probed(run), 0));
        const logBytes = runs.map(({ cost }) => cost.logBytes).filter((bytes) => bytes !== null);
        const sum = logBytes.reduce((total, bytes) => total + bytes, 0);
        expect(merged.cost.logBytes).toBe(logBytes.length === 0 ? null : sum);
      }),
      SAMPLES,
    );
  });

  it('keep the first ten witnesses by repetition, time and operation', () => {
    fc.assert(
      fc.property(randomRuns(RUNS), (runs) => {
        const all = runs.flatMap(({ anomalies }) => anomalies).filter(({ kind }) => kind === 'STALE_READ');
        const sorted = all
          .flatMap(({ witnesses }) => witnesses)
          .sort(
            (one, other) =>
              one.repetition - other.repetition || one.atMs - other.atMs || idOf(one) - idOf(other),
          );
        const merged = mergeAll(runs).anomalies.find(({ kind }) => kind === 'STALE_READ');
        expect(merged?.witnesses ?? []).toEqual(sorted.slice(0, WITNESSES_KEPT));
      }),
      SAMPLES,
    );
  });

  it('list outages by repetition, datacenter and time', () => {
    fc.assert(
      fc.property(randomRuns(RUNS), (runs) => {
        const keys = mergeAll(runs).outages.map(({ repetition, datacenter, fromMs }) =>
          [repetition, datacenter === null ? 0 : 1, String(fromMs).padStart(3)].join(),
        );
        expect(keys).toEqual([...keys].sort());
      }),
      SAMPLES,
    );
  });

  it('keep the hundred longest outages and the first hundred of whatever happens', () => {
    fc.assert(
      fc.property(randomRuns(RUNS), (runs) => {
        const { outages, timeline, failovers, followerRecoveries } = mergeAll(runs);
        const lengths = runs.flatMap((run) => run.outages.map(({ fromMs, toMs }) => toMs - fromMs));
        const longest = lengths.sort((one, other) => other - one).slice(0, 100);
        expect(outages.map(({ fromMs, toMs }) => toMs - fromMs).sort((one, other) => other - one)).toEqual(
          longest,
        );
        expect(timeline).toEqual(runs.flatMap((run) => run.timeline).slice(0, 100));
        expect(failovers.first).toEqual(runs.flatMap((run) => run.failovers.first).slice(0, 100));
        expect(followerRecoveries.first).toEqual(
          runs.flatMap((run) => run.followerRecoveries.first).slice(0, 100),
        );
      }),
      SAMPLES,
    );
  });
});

/** What an accumulator of leaders and followers holds at first: the fields that results of earlier engines lack. */
const NO_REPLICATION = new ReplicationAccumulator().measurements();

/** The canonical bytes as text, which is compared at once. */
function textOf(measurements: Measurements): string {
  return new TextDecoder().decode(encodeMeasurements(measurements));
}

function samplesOf({ latencies }: Measurements): number {
  return latencies.reduce((sum, { histogram }) => sum + histogram.count, 0);
}

function applies({ series }: Measurements): number {
  return series.replicationLag.count.reduce((sum, count) => sum + count, 0);
}

function served({ servedOperations }: Measurements): number {
  return servedOperations.reduce((sum, { count }) => sum + count, 0);
}

function probed({ tVisibility }: Measurements): number {
  return tVisibility.delays.reduce((sum, { reads }) => sum + reads, 0);
}

function idOf({ operations }: Measurements['anomalies'][number]['witnesses'][number]): number {
  return operations[0].id;
}
