import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { REFERENCE_FOLDER } from './places';
import type { Player } from './play';
import { ProgramPlayer, runProgram } from './program';

/** The yardstick, compiled for this run. */
export interface PlainC {
  readonly player: Player;
  /** Removes the program. */
  remove(): Promise<void>;
}

/** Compiles `reference/quorum.c` with the system's `cc`; null if there is none, or none that works. */
export async function compilePlainC(): Promise<PlainC | null> {
  const folder = await mkdtemp(path.join(tmpdir(), 'replication-lab-bench-'));
  const program = path.join(folder, 'quorum');
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await runProgram('cc', ['-O2', '-o', program, path.join(REFERENCE_FOLDER, 'quorum.c'), '-lm']);
  } catch {
    await remove();
    return null;
  }
  return { player: new ProgramPlayer('plain C', { file: program, first: [] }), remove };
}
