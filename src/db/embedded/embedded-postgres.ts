import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { pause } from '../../experiments/wake-up';
import { NEVER_ABORTED } from '../or-aborted';
import { locatePostgres } from './binaries';
import type { Cluster } from './cluster';
import { openCluster, superuser } from './cluster';
import { clearStalePostmasterFile, runningPostmaster } from './postmaster-file';
import { isPostmaster } from './postmaster-process';
import { unprivileged } from './unprivileged';
import { waitUntil } from './wait-until';

export interface EmbeddedPostgresOptions {
  /** Folder of the server's files; made if missing. Several processes may name the same one. */
  readonly dataDir: string;
  /** More arguments for the `postgres` program, such as `['-c', 'fsync=off']`; ignored by a server that runs already. */
  readonly flags?: readonly string[];
  /** TCP port for a server that is started now; a free one if left out. One that runs already keeps its own. */
  readonly port?: number;
  /** Gives up the start: a server that was launched for it is ended, and a data folder half made is removed. */
  readonly signal?: AbortSignal;
}

/** A running server on the loopback address. It goes on when this process ends, until someone calls `stop`. */
export interface EmbeddedPostgres {
  readonly pid: number;
  readonly port: number;
  /** True if the server was running already: another process uses it, or left it behind when it was killed. */
  readonly adopted: boolean;
  /** The file to which it writes its log. */
  readonly logFile: string;
  /** The address of a database of this server, password included. */
  url(database: string): string;
  /** Ends the server and waits for it; open connections break. @throws Error if it outlives every signal. */
  stop(): Promise<void>;
}

const startTimeoutMs = 30_000;
const startAttemptsMax = 5;
const retryPauseMs = 200;
const stopTimeoutMs = 10_000;
const logTailBytes = 2_000;

const defaultFlags = [
  ...['-c', 'listen_addresses=127.0.0.1'],
  // TCP only: the path of a socket in a deep folder would be too long, and one in /tmp could clash.
  ...['-c', 'unix_socket_directories='],
  ...['-c', 'max_connections=200'],
  ...['-c', 'timezone=UTC', '-c', 'log_timezone=UTC'],
];

/**
 * Starts the Postgres that comes with the npm packages, or adopts the one that runs in `dataDir` already.
 * Works as root and as an ordinary user.
 * @throws Error if the server does not become ready within 30 s; the message ends with its last log lines. The signal's
 *   reason if that aborts.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, signal = NEVER_ABORTED } = options;
  const binaries = locatePostgres();
  const cluster = await openCluster(dataDir, binaries, signal);
  // A start fails if another process starts the same folder or takes the port meanwhile, or while sessions of a
  // killed server are still ending: look again, a little later each time.
  for (let attempt = 1; attempt <= startAttemptsMax; attempt++) {
    const adopted = await whenReady(cluster, null, signal);
    if (adopted !== null) return adopted;
    clearStalePostmasterFile(cluster.folder);
    const server = await launchServer(binaries.postgres, cluster, options);
    const started = await whenReady(cluster, server, signal);
    if (started !== null) return started;
    await pause(attempt * retryPauseMs, signal);
  }
  throw new Error(`Postgres did not start. ${logTail(cluster.logFile)}`);
}

/**
 * Waits for whatever server runs in the folder, ours or another's; one that is being stopped may vanish.
 * @returns `null` if there is none and the one that we launched, if any, has ended
 */
async function whenReady(
  cluster: Cluster,
  launched: ChildProcess | null,
  signal: AbortSignal,
): Promise<EmbeddedPostgres | null> {
  let running = runningPostmaster(cluster.folder);
  const isDecided = await waitUntil(() => {
    running = runningPostmaster(cluster.folder);
    return signal.aborted || (running === null ? hasEnded(launched) : running.isReady);
  }, startTimeoutMs);
  if (!isDecided || signal.aborted) {
    await endLaunched(launched);
    signal.throwIfAborted();
    throw new Error(`Postgres was not ready after ${startTimeoutMs} ms. ${logTail(cluster.logFile)}`);
  }
  if (running === null || running.port === null) return null;
  return handleOf(cluster, { pid: running.pid, port: running.port, adopted: running.pid !== launched?.pid });
}

/** Ends a server that is starting, which may not yet be recognizable as one. */
async function endLaunched(launched: ChildProcess | null): Promise<void> {
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    if (hasEnded(launched)) return;
    launched?.kill(signal);
    if (await waitUntil(() => hasEnded(launched), stopTimeoutMs)) return;
  }
}

function hasEnded(child: ChildProcess | null): boolean {
  return child === null || child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function launchServer(
  program: string,
  cluster: Cluster,
  { flags = [], port }: EmbeddedPostgresOptions,
): Promise<ChildProcess> {
  const ownPort = port ?? (await freePort());
  const launch = unprivileged(program, [
    '-D',
    cluster.folder,
    '-p',
    String(ownPort),
    ...defaultFlags,
    ...flags,
  ]);
  const log = fs.openSync(cluster.logFile, 'a', 0o600);
  try {
    // Detached: Ctrl-C in our terminal must not end the server before we have closed our connections.
    const child = spawn(launch.program, launch.args, {
      ...launch.owner,
      stdio: ['ignore', log, log],
      detached: true,
    });
    child.on('error', () => undefined); // it has no process id then, which `hasEnded` sees
    child.unref();
    return child;
  } finally {
    fs.closeSync(log);
  }
}

function handleOf(
  cluster: Cluster,
  server: Pick<EmbeddedPostgres, 'pid' | 'port' | 'adopted'>,
): EmbeddedPostgres {
  const login = `${superuser}:${cluster.password}`;
  return {
    ...server,
    logFile: cluster.logFile,
    url: (database) => `postgresql://${login}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`,
    stop: () => stopServer(server.pid, cluster.folder),
  };
}

/** SIGINT asks for a fast shutdown: break connections, write a checkpoint. SIGQUIT ends at once; a later start recovers. */
async function stopServer(pid: number, clusterFolder: string): Promise<void> {
  const isGone = (): boolean => !isPostmaster(pid, clusterFolder);
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (isGone()) return;
    sendIfThere(pid, signal);
    if (await waitUntil(isGone, stopTimeoutMs)) return;
  }
  throw new Error(`Postgres (process ${pid}) did not end.`);
}

function sendIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function logTail(logFile: string): string {
  if (!fs.existsSync(logFile)) return `It wrote no log (${logFile}).`;
  const log = fs.readFileSync(logFile);
  return `The end of ${logFile}:\n${log.subarray(-logTailBytes).toString('utf8').trim()}`;
}
