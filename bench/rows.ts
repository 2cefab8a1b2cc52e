import type { Subject } from './harness/play';
import type { Row } from './harness/row';
import { checks } from './rows/checks';
import { cores } from './rows/cores';
import { kernelGrowth, leaderlessGrowth } from './rows/growth';
import { kernel, kernelOfFive } from './rows/kernel';
import { leaderless, measuredLeaderless } from './rows/leaderless';
import { memory, memoryGrowth } from './rows/memory';
import { simjs } from './rows/simjs';
import { simpy } from './rows/simpy';
import { measuredSingleLeader, singleLeader } from './rows/single-leader';
import { smallRuns } from './rows/small-runs';

/** The table, line by line; a further protocol adds its rows here. */
export const ROWS: readonly Row[] = [
  kernel,
  kernelOfFive,
  leaderless,
  measuredLeaderless,
  checks,
  singleLeader,
  measuredSingleLeader,
  kernelGrowth,
  leaderlessGrowth,
  cores,
  smallRuns,
  memory,
  memoryGrowth,
  simjs,
  simpy,
];

/** A subject of one of the rows. @throws if there is none of that name */
export function subjectNamed(name: string): Subject {
  const subject = ROWS.flatMap(({ subjects }) => subjects).find((candidate) => candidate.name === name);
  if (subject === undefined) throw new Error(`no row has a subject ${name}`);
  return subject;
}
