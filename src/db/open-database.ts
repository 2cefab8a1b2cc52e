import type { ChangeFeed } from '../experiments/ports/change-feed';
import type { ClusterStore, ExperimentStore, ShardStore } from '../experiments/ports/stores';
import { PostgresChangeFeed } from './change-feed';
import { PostgresClusterStore } from './cluster-store';
import { closeConnection, openConnection } from './connection';
import { PostgresExperimentStore } from './experiment-store';
import { purgeIdempotencyKeys } from './idempotency';
import { databaseReady } from './readiness';
import { PostgresShardStore } from './shard-store';

const CONNECTIONS_MAX = 10;

export interface DatabaseOptions {
  /** The folder `prisma/migrations`, which `ready` compares the database with. */
  readonly migrationsFolder: string;
  /** Of the pool, the LISTEN connection not counted; 10 by default. */
  readonly connectionsMax?: number;
}

/** Everything the rest of the house gets of Postgres. */
export interface Database {
  readonly clusters: ClusterStore;
  readonly experiments: ExperimentStore;
  readonly shards: ShardStore;
  readonly changes: ChangeFeed;
  /** Why it cannot serve yet, one sentence each; empty when it can. */
  ready(): Promise<readonly string[]>;
  /** Forgets idempotency keys older than 48 hours; returns how many. */
  purgeIdempotencyKeys(): Promise<number>;
  /** After it every store throws StoreUnavailableError. */
  close(): Promise<void>;
}

/**
 * The one door of this folder. Connects when first asked for something, so it succeeds also while there is no
 * database, and comes back by itself when one returns.
 * @param url the address of a Postgres database
 */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  const connection = openConnection(url, options.connectionsMax ?? CONNECTIONS_MAX);
  const { pool, prisma } = connection;
  const changes = new PostgresChangeFeed(url);
  return {
    clusters: new PostgresClusterStore(prisma),
    experiments: new PostgresExperimentStore(prisma, pool),
    shards: new PostgresShardStore(pool),
    changes,
    ready: () => databaseReady(pool, options.migrationsFolder),
    purgeIdempotencyKeys: () => purgeIdempotencyKeys(prisma),
    close: async () => {
      await changes.close();
      await closeConnection(connection);
    },
  };
}
