import type pg from 'pg';
import type { HistoryDescription } from '../model/history';
import type { ExperimentId, RunRef } from '../model/ids';
import type {
  ExperimentEvent,
  ExperimentRecord,
  ProgressRecord,
  RunRecord,
  StoredRunHistory,
} from '../experiments/ports/records';
import type {
  Control,
  Creation,
  ExperimentStore,
  IdempotencyClaim,
  NewExperiment,
  Page,
  PageRequest,
} from '../experiments/ports/stores';
import type { RunCostRecord } from '../experiments/run-cost';
import { transaction, type Sql } from './connection';
import { reachingDatabase } from './failures';
import type { PrismaClient } from './generated/prisma/client';
import { createOnce } from './idempotency';
import { behindCursor, inOrderOf, newestFirst, toPage } from './paging';
import { readProgress } from './progress';
import { experimentEvent, experimentRecord } from './rows';
import { findHistory, findHistoryDescription } from './run-histories';
import { findRun, pageOfRuns } from './run-list';
import { cancelExperiment, pauseExperiment, resumeExperiment, type Controlled } from './shards/control';
import { insertExperiment } from './submission';

export class PostgresExperimentStore implements ExperimentStore {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly pool: pg.Pool,
  ) {}

  async insert(
    experiment: NewExperiment,
    idempotency: IdempotencyClaim | null,
  ): Promise<Creation<ExperimentRecord>> {
    return createOnce(this.prisma, idempotency, {
      id: experiment.id,
      insert: (tx) => insertExperiment(tx, experiment),
      find: async (tx, id) => {
        const row = await tx.experiment.findUnique({ where: { id } });
        return row === null ? null : experimentRecord(row);
      },
    });
  }

  async findMany(ids: readonly ExperimentId[]): Promise<readonly (ExperimentRecord | null)[]> {
    return reachingDatabase(async () => {
      const rows = await this.prisma.experiment.findMany({ where: { id: { in: [...ids] } } });
      return inOrderOf<ExperimentRecord>(ids, rows.map(experimentRecord));
    });
  }

  async page(request: PageRequest<ExperimentId>): Promise<Page<ExperimentRecord>> {
    return reachingDatabase(async () => {
      const rows = await this.prisma.experiment.findMany(newestFirst(request));
      const query = behindCursor(request);
      const behind = query === null ? null : await this.prisma.experiment.findFirst(query);
      return toPage(rows.map(experimentRecord), request, behind);
    });
  }

  async count(): Promise<number> {
    return reachingDatabase(() => this.prisma.experiment.count());
  }

  async cancel(id: ExperimentId): Promise<Control> {
    return this.control(id, cancelExperiment);
  }

  async pause(id: ExperimentId): Promise<Control> {
    return this.control(id, pauseExperiment);
  }

  async resume(id: ExperimentId): Promise<Control> {
    return this.control(id, resumeExperiment);
  }

  async runs(
    id: ExperimentId,
    request: PageRequest<Pick<RunRef, 'point' | 'repetition'>>,
  ): Promise<Page<RunRecord>> {
    return reachingDatabase(() => pageOfRuns(this.prisma, id, request));
  }

  async findRun(run: RunRef): Promise<RunRecord | null> {
    return reachingDatabase(() => findRun(this.prisma, run));
  }

  async historyDescription(run: RunRef): Promise<HistoryDescription | null> {
    return reachingDatabase(() => findHistoryDescription(this.prisma, run));
  }

  async history(run: RunRef): Promise<StoredRunHistory | null> {
    return reachingDatabase(() => findHistory(this.prisma, run));
  }

  async finishedShards(id: ExperimentId, point: number): Promise<readonly number[]> {
    return reachingDatabase(async () => {
      const rows = await this.prisma.shard.findMany({
        where: { experimentId: id, point, status: 'SUCCEEDED' },
        orderBy: { firstRepetition: 'asc' },
        select: { firstRepetition: true },
      });
      return rows.map(({ firstRepetition }) => firstRepetition);
    });
  }

  async measurements(
    id: ExperimentId,
    point: number,
    firstRepetitions: readonly number[],
  ): Promise<readonly Uint8Array[]> {
    return reachingDatabase(async () => {
      const rows = await this.prisma.shardResult.findMany({
        where: { shard: { experimentId: id, point, firstRepetition: { in: [...firstRepetitions] } } },
        orderBy: { shard: { firstRepetition: 'asc' } },
        select: { measurements: true },
      });
      return rows.map(({ measurements }) => measurements);
    });
  }

  async runCosts(protocol: string): Promise<readonly RunCostRecord[]> {
    return reachingDatabase(() => this.prisma.runCost.findMany({ where: { protocol } }));
  }

  async progress(id: ExperimentId): Promise<ProgressRecord | null> {
    return reachingDatabase(() => readProgress(this.prisma, id));
  }

  private async control(
    id: ExperimentId,
    change: (sql: Sql, id: ExperimentId) => Promise<Controlled>,
  ): Promise<Control> {
    const controlled = await reachingDatabase(() => transaction(this.pool, (sql) => change(sql, id)));
    if (controlled.kind !== 'DONE') return controlled;
    const [record] = await this.findMany([id]);
    return record === null ? { kind: 'NOT_FOUND' } : { ...controlled, record };
  }

  async eventsAfter(id: ExperimentId, sequence: bigint, limit: number): Promise<readonly ExperimentEvent[]> {
    return reachingDatabase(async () => {
      const rows = await this.prisma.experimentEvent.findMany({
        where: { experimentId: id, sequence: { gt: sequence } },
        orderBy: { sequence: 'asc' },
        take: limit,
      });
      return rows.map(experimentEvent);
    });
  }
}
