import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Starter {
  readonly pid: number;
  readonly adopted: boolean;
  readonly url: string;
  /** kill -9: the process has no chance to stop its server. */
  kill(): Promise<void>;
}

/** Lets another process start the server; needs the built program (`npm test` builds it). */
export async function startElsewhere(
  dataDir: string,
  user: { uid?: number; gid?: number } = {},
): Promise<Starter> {
  const child = spawn(process.execPath, [path.join(__dirname, 'starting-process.mjs'), dataDir], {
    ...user,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const answer = JSON.parse(await firstLine(child)) as Omit<Starter, 'kill'>;
  return { ...answer, kill: () => killHard(child) };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The child has no output.');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The child said nothing.');
}

async function killHard(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
