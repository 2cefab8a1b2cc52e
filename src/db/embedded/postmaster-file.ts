import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { isPostmaster } from './postmaster-process';

/**
 * What a server writes into its data folder: lines of process id, folder, start time, port, socket folder,
 * address, shared memory, state (Postgres manual, "Database File Layout"). The later lines come while it starts.
 */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number | null;
  readonly isReady: boolean;
}

/** Reads the lines; `null` if the text does not begin with a process id. */
export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split('\n');
  const pid = positiveInteger(lines[0]);
  if (pid === null) return null;
  const port = positiveInteger(lines[3]);
  return { pid, port, isReady: port !== null && (lines[7] ?? '').trim() === 'ready' };
}

/** The server that runs on this data folder now, ready or not; `null` if none does, whatever its file says. */
export function runningPostmaster(clusterFolder: string): PostmasterFile | null {
  const text = readIfThere(fileOf(clusterFolder));
  const postmaster = text === null ? null : parsePostmasterFile(text);
  return postmaster !== null && isPostmaster(postmaster.pid, clusterFolder) ? postmaster : null;
}

/**
 * Postgres overlooks a file left behind by a dead process, but refuses to start if that process id now belongs to
 * any other program. Moves such a file away; if a server has just written a new one, puts that back.
 */
export function clearStalePostmasterFile(clusterFolder: string): void {
  const file = fileOf(clusterFolder);
  const stale = readIfThere(file);
  if (stale === null || runningPostmaster(clusterFolder) !== null) return;
  const aside = `${file}.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
    if (fs.readFileSync(aside, 'utf8') !== stale) fs.linkSync(aside, file);
  } catch {
    return; // another process was quicker: its server decides
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

function fileOf(clusterFolder: string): string {
  return path.join(clusterFolder, 'postmaster.pid');
}

function readIfThere(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function positiveInteger(text: string | undefined): number | null {
  const value = Number(text?.trim());
  return Number.isSafeInteger(value) && value > 0 ? value : null;
}
