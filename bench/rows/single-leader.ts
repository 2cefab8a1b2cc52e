import { startRun } from '../../src/experiments/run/start-run';
import { Histogram } from '../../src/model/histogram';
import type { AnomalyKind } from '../../src/model/anomaly';
import type { Measurements } from '../../src/model/measurements';
import type { OperationKind } from '../../src/model/operation';
import { createSimulation } from '../../src/protocols/create-simulation';
import { arrivalProblems, roundTripQuantileMs } from '../expectations';
import { fingerprintOf } from '../harness/fingerprint';
import type { Played, Subject } from '../harness/play';
import { speedRow } from '../harness/speed-row';
import { QuorumObserver } from '../quorum-observer';
import { SINGLE_LEADER_LOAD, singleLeaderSpec } from '../single-leader-spec';
import { sessionsOf, type LatencyPercentiles, type QuorumLoad } from '../workload';

/** A single leader with service times, flushes and crashes; measured as little as the reference workload is. */
export const singleLeaderSubject: Subject = { name: 'single-leader', play: playBare };

/** The same as an experiment runs it: with every measurement and every checker, and its result encoded. */
export const measuredSingleLeaderSubject: Subject = { name: 'single-leader-measured', play: playMeasured };

export const singleLeader = speedRow({
  name: 'single-leader',
  about: 'leader, two followers; service times, flushes, a crash every second',
  subject: singleLeaderSubject,
  load: SINGLE_LEADER_LOAD,
  loadOfPlainC: SINGLE_LEADER_LOAD,
  target: { atLeast: 0.7 },
});

export const measuredSingleLeader = speedRow({
  name: 'single-leader-measured',
  about: 'the same with every measurement and anomaly check',
  subject: measuredSingleLeaderSubject,
  load: SINGLE_LEADER_LOAD,
  loadOfPlainC: SINGLE_LEADER_LOAD,
  target: { atLeast: 0.7 },
});

function playBare(load: QuorumLoad): Played {
  const observer = new QuorumObserver({ keys: load.keys, sessions: sessionsOf(load) });
  const simulation = createSimulation({
    spec: singleLeaderSpec(load),
    seed: BigInt(load.seed),
    repetition: 0,
    observer,
  });
  simulation.advance(Infinity);
  return {
    events: simulation.events,
    findings: () => {
      const found = observer.statistics();
      return {
        problems: [...arrivalProblems(found.reads + found.writes, load), ...readProblems(found.readMs, 0.02)],
        fingerprint: JSON.stringify(found),
        quorum: null,
      };
    },
  };
}

function playMeasured(load: QuorumLoad): Played {
  const run = startRun({ spec: singleLeaderSpec(load), seed: BigInt(load.seed), repetition: 0 });
  run.advance(Infinity);
  const { measurements, resultHash } = run.finish();
  return {
    events: measurements.cost.events,
    findings: () => ({
      problems: measurementProblems(measurements, load),
      fingerprint: fingerprintOf(resultHash),
      quorum: null,
    }),
  };
}

/** Latencies count from the arrival here, and one session of thirty is busy. */
const WAITING_SHARE_MAX = 0.2;

function measurementProblems(measurements: Measurements, load: QuorumLoad): readonly string[] {
  const [reads, writes] = [latencyOf(measurements, 'READ'), latencyOf(measurements, 'WRITE')];
  const problems = [
    ...arrivalProblems(reads.count + writes.count, load),
    ...readProblems(
      { p50: msOf(reads, 0.5), p99: msOf(reads, 0.99), p999: msOf(reads, 0.999) },
      WAITING_SHARE_MAX,
    ),
  ];
  if (measurements.convergedRuns !== 1) problems.push('the replicas differ at the end');
  return [...problems, ...anomalyProblems(measurements)];
}

const SHOWN: readonly AnomalyKind[] = ['STALE_READ', 'READ_YOUR_WRITES'];

/** All read at one follower that never restarts: it lags, and never goes back. */
function anomalyProblems({ anomalies }: Measurements): readonly string[] {
  return anomalies
    .filter(({ kind, count }) => SHOWN.includes(kind) !== count > 0)
    .map(({ kind, count }) => `reads at one follower showed ${count} ${kind}`);
}

function latencyOf({ latencies }: Measurements, wanted: OperationKind): Histogram {
  const merged = new Histogram();
  for (const { kind, outcome, histogram } of latencies)
    if (kind === wanted && outcome === 'OK') merged.addEncoded(histogram);
  return merged;
}

function msOf(histogram: Histogram, share: number): number {
  return (histogram.quantileNs(share) ?? NaN) / 1e6;
}

/** A read is a round trip to the nearest follower, and a little service: by its law at least, and not much more. */
function readProblems(found: LatencyPercentiles, moreAtMost: number): readonly string[] {
  return ([['p50', 0.5] as const, ['p99', 0.99] as const] as const).flatMap(([name, share]) => {
    const law = roundTripQuantileMs(share, { n: 1, k: 1 });
    if (found[name] >= law * 0.985 && found[name] <= law * (1 + moreAtMost)) return [];
    return [`read ${name} is ${found[name].toFixed(4)} ms, and a round trip ${law.toFixed(4)} ms`];
  });
}
