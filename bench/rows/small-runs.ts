import { startRun } from '../../src/experiments/run/start-run';
import { EMPTY_MEASUREMENTS, mergeMeasurements } from '../../src/model/merge-measurements';
import { fingerprintOf } from '../harness/fingerprint';
import { eventsPerSecond, interleave, problemsOf, type Plays } from '../harness/interleave';
import type { Played, Subject } from '../harness/play';
import type { Bench, Finding, Row } from '../harness/row';
import { spreadOf } from '../harness/spread';
import { SINGLE_LEADER_LOAD, singleLeaderSpec } from '../single-leader-spec';
import type { QuorumLoad } from '../workload';
import { measuredSingleLeaderSubject } from './single-leader';

const OPERATIONS_PER_RUN = 1000;
const RUNS = 300;

/** The load's operations in runs of 1,000, merged as a shard merges them. */
const smallRunsSubject: Subject = { name: 'small-runs', play };

/** What a run costs beyond its events: setting up, encoding, hashing and merging. */
export const smallRuns: Row = {
  name: 'small-runs',
  about: `what a run of ${OPERATIONS_PER_RUN} operations costs beyond its events`,
  subjects: [smallRunsSubject, measuredSingleLeaderSubject],
  measure,
};

function play(load: QuorumLoad): Played {
  const runs = Math.round(load.operations / OPERATIONS_PER_RUN);
  const spec = singleLeaderSpec({ ...load, operations: OPERATIONS_PER_RUN });
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
  const load = { ...SINGLE_LEADER_LOAD, operations: runs * OPERATIONS_PER_RUN };
  const parts = [smallRunsSubject, measuredSingleLeaderSubject].map((subject) => ({
    player: bench.player(subject),
    load,
  }));
  const [small, long] = await interleave(parts, bench.pairs);
  const problems = [small, long].flatMap((plays, index) => problemsOf(parts[index], plays));
  if (problems.length > 0) return { kind: 'WRONG', problems };
  const overheadsMs = overheadsOf({ small, long, runs });
  const sweepSeconds = spreadOf(small.map(({ seconds }) => (seconds / runs) * 1000)).median;
  return {
    kind: 'MEASURED',
    eventsPerSecond: spreadOf(small.map(eventsPerSecond)).median,
    ratioToPlainC: null,
    figure: { value: spreadOf(overheadsMs), unit: 'ms a run beyond its events', target: { atMost: 2 } },
    note: `1,000 such runs take ${sweepSeconds.toFixed(1)} s on one core`,
  };
}

/** The time of small runs without that which their events take in a long run. */
function overheadsOf({
  small,
  long,
  runs,
}: {
  readonly small: Plays;
  readonly long: Plays;
  readonly runs: number;
}): readonly number[] {
  return small.map(
    ({ seconds, events }, round) => (1000 * (seconds - events / eventsPerSecond(long[round]))) / runs,
  );
}
