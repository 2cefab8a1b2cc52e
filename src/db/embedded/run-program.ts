import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Launch } from './unprivileged';

const lastWordsLengthMax = 10_000;

/**
 * Runs a program to its end, with whatever it starts, in a process group of its own: Ctrl-C in our terminal does not
 * reach it, and all of it can be killed at once. It does not outlive this process's orderly end.
 * @throws Error with what it said on standard error if it fails or needs longer than `limitMs`; the signal's reason
 *   if that aborts: either way none of its processes is left
 */
export async function runProgram(launch: Launch, limitMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { program, args, owner } = launch;
  const child = spawn(program, args, { ...owner, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const kill = (): void => killGroup(child);
  const late = setTimeout(kill, limitMs);
  signal.addEventListener('abort', kill, { once: true });
  process.once('exit', kill);
  try {
    const lastWords = readLastWords(child);
    // "close" comes after the last process of the group has let go of standard error.
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) return;
    signal.throwIfAborted();
    throw new Error(lastWords() || `${program} ended with ${code ?? child.signalCode}.`);
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', kill);
    process.removeListener('exit', kill);
  }
}

function readLastWords({ stderr }: ChildProcess): () => string {
  let words = '';
  stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-lastWordsLengthMax)));
  return () => words.trim();
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    return; // all of it has ended already
  }
}
