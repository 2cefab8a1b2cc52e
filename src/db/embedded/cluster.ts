import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { PostgresBinaries } from './binaries';
import { runProgram } from './run-program';
import type { Launch } from './unprivileged';
import { unprivileged } from './unprivileged';

/** A data folder that `initdb` has made, with what belongs to it. */
export interface Cluster {
  /** Where Postgres keeps its files. */
  readonly folder: string;
  readonly logFile: string;
  readonly password: string;
}

export const superuser = 'postgres';
const initTimeoutMs = 60_000;

/**
 * Opens the cluster in `dataDir`, making it if there is none. It lies in `dataDir/server` together with its
 * password: a new one is made under another name and moved there whole, so that a process killed meanwhile leaves
 * no half of it, and of two processes that begin at once one wins and both use the winner's.
 * @throws Error if `initdb` fails, or if the cluster belongs to another major version of Postgres; the signal's reason
 *   if it aborts before there is one, which leaves nothing behind
 */
export async function openCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  signal: AbortSignal,
): Promise<Cluster> {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const root = fs.realpathSync(dataDir);
  const home = path.join(root, 'server');
  if (!fs.existsSync(home)) await createCluster({ root, home }, binaries, signal);
  const cluster = {
    folder: path.join(home, 'cluster'),
    logFile: path.join(home, 'log'),
    password: fs.readFileSync(path.join(home, 'password'), 'utf8'),
  };
  refuseOtherVersion(cluster.folder, binaries.majorVersion);
  return cluster;
}

interface ClusterPlace {
  readonly root: string;
  readonly home: string;
}

async function createCluster(
  { root, home }: ClusterPlace,
  binaries: PostgresBinaries,
  signal: AbortSignal,
): Promise<void> {
  removeAbandonedDrafts(root);
  const draft = fs.mkdtempSync(path.join(root, `draft-${process.pid}-`));
  try {
    const launch = prepareDraft({ root, draft }, binaries);
    await runInitdb(launch, signal);
    moveUnlessThere(draft, home);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

interface DraftPlace {
  readonly root: string;
  readonly draft: string;
}

/** Writes the password; returns how to start the `initdb` that makes the rest. */
function prepareDraft({ root, draft }: DraftPlace, binaries: PostgresBinaries): Launch {
  const passwordFile = path.join(draft, 'password');
  fs.writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  const launch = unprivileged(binaries.initdb, [
    ...['--pgdata', path.join(draft, 'cluster'), '--username', superuser],
    ...['--auth', 'scram-sha-256', '--pwfile', passwordFile],
    ...['--encoding', 'UTF8', '--locale', 'C', '--no-instructions'],
  ]);
  handOver(launch, [root, draft, passwordFile]);
  return launch;
}

async function runInitdb(launch: Launch, signal: AbortSignal): Promise<void> {
  try {
    await runProgram(launch, initTimeoutMs, signal);
  } catch (cause) {
    if (cause === signal.reason) throw cause;
    throw new Error(`Postgres could not make its data folder: ${(cause as Error).message}`, { cause });
  }
}

function handOver({ owner }: Launch, files: readonly string[]): void {
  if (owner !== null) for (const file of files) fs.chownSync(file, owner.uid, owner.gid);
}

function moveUnlessThere(draft: string, home: string): void {
  try {
    fs.renameSync(draft, home);
  } catch (error) {
    if (!fs.existsSync(path.join(home, 'password'))) throw error;
  }
}

function removeAbandonedDrafts(root: string): void {
  for (const name of fs.readdirSync(root)) {
    const pid = /^draft-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) removeUnlessWritten(path.join(root, name));
  }
}

/** The `initdb` of a process that was killed goes on for a second: what it still writes is left for a later start. */
function removeUnlessWritten(draft: string): void {
  try {
    fs.rmSync(draft, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function refuseOtherVersion(folder: string, majorVersion: number): void {
  const found = fs.readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim();
  if (found === String(majorVersion)) return;
  throw new Error(
    `The database in ${folder} was made by Postgres ${found}, but this program brings Postgres ${majorVersion}. ` +
      `Use a new folder, or export the old one with pg_dump of Postgres ${found} first.`,
  );
}
