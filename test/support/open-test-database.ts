import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import pg from 'pg';
import type { Claim, ExperimentEvent } from '../../src/experiments/ports/records';
import type { NewExperiment } from '../../src/experiments/ports/stores';
import type { ShardId } from '../../src/model/ids';
import { openDatabase, type Database } from '../../src/db/open-database';
import { createTestDatabase, type TestDatabase } from './database';
import { CRASH_RULE, ENGINE_VERSION, shardIds } from './sample-experiment';

export const MIGRATIONS_FOLDER = path.join(__dirname, '../../prisma/migrations');

const LEASE_MS = 60_000;
/** A lease that has ended when it begins: no test waits for one. */
const ENDED_LEASE_MS = -1;

/** An empty database of the test file's own, open from its first test to its last. */
export class OpenTestDatabase {
  private constructor(
    private readonly server: TestDatabase,
    readonly database: Database,
    private readonly pool: pg.Pool,
  ) {}

  static async open(): Promise<OpenTestDatabase> {
    const server = await createTestDatabase();
    const database = openDatabase(server.url, { migrationsFolder: MIGRATIONS_FOLDER });
    const pool = new pg.Pool({ connectionString: server.url, max: 2 });
    pool.on('error', () => undefined);
    return new OpenTestDatabase(server, database, pool);
  }

  get url(): string {
    return this.server.url;
  }

  async submit(experiment: NewExperiment): Promise<NewExperiment> {
    await this.database.experiments.insert(experiment, null);
    return experiment;
  }

  async claim(shardId: ShardId, lease: 'LIVE' | 'ENDED' = 'LIVE'): Promise<Claim> {
    const claim = await this.tryClaim(shardId, lease);
    if (claim === null) throw new Error(`${shardId} was not to be had`);
    return claim;
  }

  async tryClaim(shardId: ShardId, lease: 'LIVE' | 'ENDED' = 'LIVE'): Promise<Claim | null> {
    const leaseMs = lease === 'LIVE' ? LEASE_MS : ENDED_LEASE_MS;
    const request = { shardId, owner: 'worker', engineVersion: ENGINE_VERSION, crashRule: CRASH_RULE };
    return this.database.shards.claim({ ...request, leaseMs });
  }

  async claimAll(experiment: NewExperiment): Promise<Claim[]> {
    return Promise.all(shardIds(experiment).map((id) => this.claim(id)));
  }

  async eventsOf({ id }: NewExperiment): Promise<readonly ExperimentEvent[]> {
    return this.database.experiments.eventsAfter(id, 0n, 100_000);
  }

  async kindsOf(experiment: NewExperiment): Promise<string[]> {
    return (await this.eventsOf(experiment)).map(({ kind }) => kind);
  }

  async select<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(statement, values)).rows;
  }

  /** Runs `meanwhile` while a transaction of somebody else holds what the statement locks. */
  async whileLocked<T>(statement: string, id: string, meanwhile: () => Promise<T>): Promise<T> {
    const holder = new pg.Client({ connectionString: this.url });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query(statement, [id]);
    return meanwhile().finally(() => holder.end());
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.pool.end();
    await this.server.drop();
  }
}

/** Call it beside the tests; what it returns gives the open database inside them. */
export function useDatabase(): () => OpenTestDatabase {
  let open: OpenTestDatabase | null = null;
  beforeAll(async () => {
    open = await OpenTestDatabase.open();
  });
  afterAll(() => open?.close());
  return () => {
    if (open === null) throw new Error('The database is open only while tests run.');
    return open;
  };
}
