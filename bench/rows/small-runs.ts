import { startRun } from '../../src/experiments/run/start-run';
import { EMPTY_MEASUREMENTS, mergeMeasurements } from '../../src/model/merge-measurements';
import { fingerprintOf } from '../harness/fingerprint';
import { eventsPerSecond, interleave, problemsOf, type Part } from '../harness/interleave';
import type { Played, Subject } from '../harness/play';
import type { Bench, Finding, Row } from '../harness/row';
import { spreadOf } from '../harness/spread';
import { SINGLE_LEADER_LOAD, singleLeaderSpec } from '../single-leader-spec';
import type { QuorumLoad } from '../workload';

const OPERATIONS_PER_RUN = 1000;
const RUNS = 300;

/** The load's operations in runs of so many, merged as a shard merges them. */
const runsOf = (name: string, operationsPerRun: number): Subject => ({
  name,
  play: (load) => play(load, operationsPerRun),
});
const smallSubject = runsOf('small-runs', OPERATIONS_PER_RUN);
const doubleSubject = runsOf('small-runs-of-double-length', 2 * OPERATIONS_PER_RUN);

/**
 * What a run costs beyond its events: setting up, encoding, hashing and merging.
 *
 * A run of n operations takes a + b n; so a is twice the time of a run less that of one of double length.
 */
export const smallRuns: Row = {
  name: 'small-runs',
  about: `what a run of ${OPERATIONS_PER_RUN} operations costs beyond its events`,
  subjects: [smallSubject, doubleSubject],
  measure,
};

function play(load: QuorumLoad, operationsPerRun: number): Played {
  const runs = Math.round(load.operations / operationsPerRun);
  const spec = singleLeaderSpec({ ...load, operations: operationsPerRun });
  let merged = EMPTY_MEASUREMENTS;
  const hashes: string[] = [];
  for (let repetition = 0; repetition < runs; repetition++) {
    const run = startRun({ spec, seed: BigInt(load.seed), repetition });
    run.advance(Infinity);
    const { measurements, resultHash } = run.finish();
    merged = mergeMeasurements(merged, measurements);
    hashes.push(resultHash);
  }
  return {
    events: merged.cost.events,
    findings: () => ({
      problems: merged.convergedRuns === runs ? [] : ['the replicas of some run differ at its end'],
      fingerprint: fingerprintOf(hashes.join('\n')),
      quorum: null,
    }),
  };
}

async function measure(bench: Bench): Promise<Finding> {
  const runs = Math.round(RUNS * bench.scale);
  const partOf = (subject: Subject, operationsPerRun: number): Part => ({
    player: bench.player(subject),
    load: { ...SINGLE_LEADER_LOAD, operations: runs * operationsPerRun },
  });
  const parts = [partOf(smallSubject, OPERATIONS_PER_RUN), partOf(doubleSubject, 2 * OPERATIONS_PER_RUN)];
  const [small, double] = await interleave(parts, bench.pairs);
  const problems = [small, double].flatMap((plays, index) => problemsOf(parts[index], plays));
  if (problems.length > 0) return { kind: 'WRONG', problems };
  const overheadsMs = small.map(
    ({ seconds }, round) => (1000 * (2 * seconds - double[round].seconds)) / runs,
  );
  const sweepSeconds = spreadOf(small.map(({ seconds }) => (seconds / runs) * 1000)).median;
  return {
    kind: 'MEASURED',
    eventsPerSecond: spreadOf(small.map(eventsPerSecond)).median,
    ratioToPlainC: null,
    figure: { value: spreadOf(overheadsMs), unit: 'ms a run beyond its events', target: { atMost: 2 } },
    note: `1,000 such runs take ${sweepSeconds.toFixed(1)} s on one core`,
  };
}
