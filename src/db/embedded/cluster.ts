import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries';
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
const runProgram = promisify(execFile);

/**
 * Opens the cluster in `dataDir`, making it if there is none. It lies in `dataDir/server` together with its
 * password: a new one is made under another name and moved there whole, so that a process killed meanwhile leaves
 * no half of it, and of two processes that begin at once one wins and both use the winner's.
 * @throws Error if `initdb` fails, or if the cluster belongs to another major version of Postgres.
 */
export async function openCluster(dataDir: string, binaries: PostgresBinaries): Promise<Cluster> {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const root = fs.realpathSync(dataDir);
  const home = path.join(root, 'server');
  if (!fs.existsSync(home)) await createCluster(root, home, binaries);
  const cluster = {
    folder: path.join(home, 'cluster'),
    logFile: path.join(home, 'log'),
    password: fs.readFileSync(path.join(home, 'password'), 'utf8'),
  };
  refuseOtherVersion(cluster.folder, binaries.majorVersion);
  return cluster;
}

async function createCluster(root: string, home: string, binaries: PostgresBinaries): Promise<void> {
  removeAbandonedDrafts(root);
  const draft = fs.mkdtempSync(path.join(root, `draft-${process.pid}-`));
  try {
    await initialize(root, draft, binaries);
    moveUnlessThere(draft, home);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

async function initialize(root: string, draft: string, binaries: PostgresBinaries): Promise<void> {
  const passwordFile = path.join(draft, 'password');
  fs.writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  const launch = unprivileged(binaries.initdb, [
    ...['--pgdata', path.join(draft, 'cluster'), '--username', superuser],
    ...['--auth', 'scram-sha-256', '--pwfile', passwordFile],
    ...['--encoding', 'UTF8', '--locale', 'C', '--no-instructions'],
  ]);
  handOver(launch, [root, draft, passwordFile]);
  await runInitdb(launch);
}

async function runInitdb({ program, args, owner }: Launch): Promise<void> {
  try {
    await runProgram(program, args, { ...owner, timeout: initTimeoutMs, killSignal: 'SIGKILL' });
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    throw new Error(`Postgres could not make its data folder: ${stderr.trim() || message}`, { cause });
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
    if (pid === undefined || isAlive(Number(pid))) continue;
    fs.rmSync(path.join(root, name), { recursive: true, force: true });
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
