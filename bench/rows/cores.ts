import { availableParallelism } from 'node:os';
import type { Bench, Finding, Row } from '../harness/row';
import { spreadOf } from '../harness/spread';
import { ThreadCrew, type CrewResult } from '../harness/thread-crew';
import { SINGLE_LEADER_LOAD } from '../single-leader-spec';

/** Runs of one experiment, which the threads share. */
const RUNS = 8;
const OPERATIONS = SINGLE_LEADER_LOAD.operations / 5;

/** What a second worker thread adds, and whether the results stay the same bytes. */
export const cores: Row = {
  name: 'cores',
  about: `${RUNS} measured single-leader runs on one worker thread and on two`,
  subjects: [],
  measure,
};

async function measure(bench: Bench): Promise<Finding> {
  if (availableParallelism() < 2) return { kind: 'ABSENT', reason: 'this machine has one core' };
  const load = { ...SINGLE_LEADER_LOAD, operations: Math.round(OPERATIONS * bench.scale) };
  const crews = [new ThreadCrew(1), new ThreadCrew(2)];
  try {
    for (const crew of crews) await crew.play({ load, runs: 2 });
    const results = crews.map((): CrewResult[] => []);
    for (let round = 0; round < bench.pairs; round++)
      for (const [index, crew] of crews.entries()) results[index].push(await crew.play({ load, runs: RUNS }));
    return findingOf(results[0], results[1]);
  } finally {
    await Promise.all(crews.map((crew) => crew.end()));
  }
}

function findingOf(one: readonly CrewResult[], two: readonly CrewResult[]): Finding {
  const fingerprints = new Set([...one, ...two].map(({ fingerprint }) => fingerprint));
  if (fingerprints.size !== 1)
    return { kind: 'WRONG', problems: ['one thread and two gave different results'] };
  const speed = ({ events, seconds }: CrewResult): number => events / seconds;
  return {
    kind: 'MEASURED',
    eventsPerSecond: spreadOf(two.map(speed)).median,
    ratioToPlainC: null,
    figure: {
      value: spreadOf(two.map((result, round) => speed(result) / speed(one[round]))),
      unit: '× one thread, on two',
      target: { atLeast: 1.9 },
    },
    note: 'the same result bytes from one thread and from two',
  };
}
