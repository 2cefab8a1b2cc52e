import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/db/embedded/embedded-postgres';
import type { ShardId } from '../../src/model/ids';
import { queueLocation } from '../../src/queue/location';
import { openQueue } from '../../src/queue/open-queue';
import { ask, type Answer } from './graphql-client';
import { startApiProcess, startWorkerProcess, type ApiProcess, type WorkerProcess } from './lab-process';
import { startRedis, type RedisServer } from './redis';

export type QueueBackend = 'POSTGRES' | 'REDIS';
export type RedisLoss = 'flushed' | 'restarted empty' | 'down for 30 s';

/** About a second of simulation for each run, so that a fault finds it under way. */
export const EXPERIMENT = {
  name: 'under fire',
  cluster: {
    name: 'three',
    nodes: 3,
    replication: { singleLeader: { reads: { policy: 'ANY_FOLLOWER' }, failover: { enabled: false } } },
  },
  workload: { durationMs: 30_000, clients: [{ sessions: 50, ratePerSecond: 5000 }] },
  faults: [{ crash: { node: 'node-2', atMs: 10_000, restartAfterMs: 5_000 } }],
} as const;

const SUBMIT = `mutation($input: SubmitExperimentInput!) {
  submitExperiment(input: $input) { experiment { id } userErrors { field message } replayed }
}`;
const LOOK = `query($id: ID!) { experiment(id: $id) {
  status runs(first: 100) { nodes { status resultHash } }
} }`;

/** Real processes on a real Postgres and, if asked, a real Redis, all of which a test may kill. */
export class FaultLab {
  readonly apis: ApiProcess[] = [];
  readonly workers: WorkerProcess[] = [];
  postgres: EmbeddedPostgres;
  private readonly folder: string;

  private constructor(
    folder: string,
    postgres: EmbeddedPostgres,
    readonly redis: RedisServer | null,
  ) {
    this.folder = folder;
    this.postgres = postgres;
  }

  static async start(backend: QueueBackend): Promise<FaultLab> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-faults-'));
    const postgres = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres') });
    return new FaultLab(folder, postgres, backend === 'REDIS' ? await startRedis() : null);
  }

  get databaseUrl(): string {
    return this.postgres.url('postgres');
  }

  async addApi(settings: Readonly<Record<string, string>> = {}): Promise<ApiProcess> {
    const api = await startApiProcess({ ...this.addresses(), ...settings });
    this.apis.push(api);
    return api;
  }

  async addWorker(settings: Readonly<Record<string, string>> = {}): Promise<WorkerProcess> {
    const worker = await startWorkerProcess({ ...this.addresses(), ...settings });
    this.workers.push(worker);
    return worker;
  }

  /** A token that lets a failpoint fire once, and the setting that names it. */
  failpoint(name: string): { readonly FAILPOINTS: string } {
    const token = path.join(this.folder, `token-${name}`);
    fs.writeFileSync(token, '');
    return { FAILPOINTS: `${name}=${token}` };
  }

  submit(api: ApiProcess, changes: object = {}): Promise<Answer> {
    return ask(api.url, SUBMIT, { input: { ...EXPERIMENT, ...changes } });
  }

  /** The id of a new experiment. */
  async submitted(api: ApiProcess, changes: object = {}): Promise<string> {
    const { data } = await this.submit(api, changes);
    return data?.submitExperiment.experiment.id as string;
  }

  async statusOf(
    api: ApiProcess,
    id: string,
  ): Promise<{ status: string; runs: { nodes: { status: string; resultHash: string | null }[] } }> {
    const { data } = await ask(api.url, LOOK, { id });
    return data?.experiment;
  }

  /** Waits until the experiment has ended; how long that took, ms. */
  async ended(api: ApiProcess, id: string, withinMs: number): Promise<number> {
    const began = performance.now();
    await until(withinMs, async () =>
      /SUCCEEDED|FAILED|CANCELLED/.test((await this.statusOf(api, id))?.status ?? ''),
    );
    return performance.now() - began;
  }

  async query<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query<Row>(statement, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Ends the server in the way of that signal: SIGINT fast, SIGQUIT immediate, SIGKILL without a word. */
  async endPostgres(signal: NodeJS.Signals): Promise<void> {
    const { pid } = this.postgres;
    process.kill(pid, signal);
    await until(20_000, async () => !isAlive(pid));
  }

  /** Starts it again where it was. */
  async restartPostgres(): Promise<void> {
    const { port } = this.postgres;
    this.postgres = await startEmbeddedPostgres({ dataDir: path.join(this.folder, 'postgres'), port });
  }

  /** Two more jobs for each shard of an experiment, beside the one that it has: as a queue may deliver twice. */
  async deliverAgain(id: string): Promise<void> {
    const shards = await this.query<{ id: ShardId }>('SELECT "id" FROM "Shard" WHERE "experimentId" = $1', [
      id,
    ]);
    const location = queueLocation({ databaseUrl: this.databaseUrl, redisUrl: this.redis?.url ?? null });
    const queue = openQueue({ location, onError: () => undefined });
    const jobs = shards.flatMap((shard) => [100, 101].map((attempt) => ({ shardId: shard.id, attempt })));
    await queue.workQueue.enqueue(jobs);
    await queue.close();
  }

  /** Loses what Redis holds, or Redis itself, and does something before it is back. */
  async loseRedis<Value>(how: RedisLoss, meanwhile: () => Promise<Value>): Promise<Value> {
    if (this.redis === null) throw new Error('this lab has no Redis');
    if (how === 'flushed') await this.redis.flush();
    if (how === 'restarted empty') await this.redis.restart('EMPTY');
    if (how !== 'down for 30 s') return meanwhile();
    await this.redis.kill();
    const value = await meanwhile();
    await delay(30_000);
    await this.redis.start();
    return value;
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) worker.signal('SIGCONT');
    await Promise.all([...this.workers, ...this.apis].map((part) => part.end('SIGKILL')));
    await this.redis?.remove();
    await this.postgres.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private addresses(): Record<string, string> {
    return { DATABASE_URL: this.databaseUrl, REDIS_URL: this.redis?.url ?? '' };
  }
}

/** Polls until it holds. @throws Error if it does not within that time */
export async function until(withinMs: number, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`it did not come true within ${withinMs} ms`);
    await delay(50);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
