import type pg from 'pg';
import type { Claim, RunHistory } from '../experiments/ports/records';
import type { ShardCost } from '../experiments/run-cost';
import type {
  CrashRule,
  LeaseState,
  QueuedJob,
  Reclaimed,
  ShardOutcome,
  ShardProgress,
  ShardStore,
} from '../experiments/ports/stores';
import { transaction, type Sql } from './connection';
import { reachingDatabase } from './failures';
import { claimShard } from './shards/claim';
import { crashShard, finishShard, releaseShard } from './shards/outcome';
import { reclaimExpired } from './shards/reclaim';
import { learnRunCost } from './run-costs';
import { renewLease } from './shards/renewal';
import { keepHistory } from './shards/run-histories';
import { nextAttempts, takeWaiting } from './shards/waiting';

/**
 * The life of a shard, on the database's clock alone. Every change of state locks the experiment's row first and
 * the shard's second, and tells the experiment's event log in the same transaction.
 */
export class PostgresShardStore implements ShardStore {
  constructor(private readonly pool: pg.Pool) {}

  async claim(request: Parameters<ShardStore['claim']>[0]): Promise<Claim | null> {
    return this.inTransaction((sql) => claimShard(sql, request));
  }

  async renew(claim: Claim, leaseMs: number, progress: ShardProgress): Promise<LeaseState> {
    return reachingDatabase(() => renewLease(this.pool, claim, { leaseMs, progress }));
  }

  async keepHistory(claim: Claim, history: RunHistory): Promise<boolean> {
    return reachingDatabase(() => keepHistory(this.pool, claim, history));
  }

  async finish(claim: Claim, outcome: ShardOutcome): Promise<boolean> {
    return this.inTransaction((sql) => finishShard(sql, claim, outcome));
  }

  async learnCost(cost: ShardCost): Promise<void> {
    return reachingDatabase(() => learnRunCost(this.pool, cost));
  }

  async crash(claim: Claim, reason: string, rule: CrashRule): Promise<boolean> {
    return this.inTransaction((sql) => crashShard(sql, claim, { reason, rule }));
  }

  async release(claim: Claim): Promise<boolean> {
    return this.inTransaction((sql) => releaseShard(sql, claim));
  }

  async takeWaiting(request: Parameters<ShardStore['takeWaiting']>[0]): Promise<readonly QueuedJob[]> {
    return reachingDatabase(() => takeWaiting(this.pool, request));
  }

  async nextAttempts(jobs: readonly QueuedJob[]): Promise<readonly QueuedJob[]> {
    return reachingDatabase(() => nextAttempts(this.pool, jobs));
  }

  async reclaimExpired(request: Parameters<ShardStore['reclaimExpired']>[0]): Promise<Reclaimed> {
    return reachingDatabase(() => reclaimExpired(this.pool, request));
  }

  private async inTransaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return reachingDatabase(() => transaction(this.pool, work));
  }
}
