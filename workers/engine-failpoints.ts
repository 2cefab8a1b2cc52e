import type { Claim } from '../src/experiments/ports/records';
import type { Failpoints } from '../src/lab/failpoints';

/** Dies in the engine's thread, in the way that a test asked for, if it asked for a run of this shard. */
export function dieIfTold(failpoints: Failpoints, claim: Claim): void {
  const isMeant = (text: string): boolean => names(text, claim);
  if (failpoints.strikes('engine.throw', isMeant)) throw new Error('the failpoint engine.throw');
  if (failpoints.strikes('engine.exit', isMeant)) process.exit(3);
  if (failpoints.strikes('engine.out-of-memory', isMeant)) hoard();
  if (failpoints.strikes('engine.endless-loop', isMeant)) while (true);
}

/** The file says nothing: every run is meant. Else the name of a cluster, or `name#repetition` for one of its runs. */
function names(text: string, { spec, firstRepetition, runCount }: Claim): boolean {
  if (text === '') return true;
  const [, cluster, repetition] = /^(.*?)(?:#([0-9]+))?$/.exec(text) ?? [];
  if (cluster !== spec.cluster.name) return false;
  if (repetition === undefined) return true;
  const offset = Number(repetition) - firstRepetition;
  return offset >= 0 && offset < runCount;
}

function hoard(): never {
  const kept: object[][] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, () => ({})));
}
