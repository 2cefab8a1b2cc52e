import { spawnSync, type SpawnSyncReturns } from 'node:child_process';

const attemptsMax = 5;

/**
 * Runs a short program to its end and returns what came of it. Ctrl-C in our terminal reaches the program as well: its
 * end by a signal is no answer, so it is asked again.
 */
export function askProgram(program: string, args: readonly string[]): SpawnSyncReturns<string> {
  for (let attempt = 1; ; attempt++) {
    const answer = spawnSync(program, args, { encoding: 'utf8' });
    if (answer.signal === null || attempt === attemptsMax) return answer;
  }
}
