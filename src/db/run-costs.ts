import { COST_DECAY, equationOf, type ShardCost } from '../experiments/run-cost';
import type { Sql } from './connection';

/** One statement, so that workers that learn at the same time all count. */
const LEARN = `
  INSERT INTO "RunCost" AS known
    ("protocol", "nodes", "runsRuns", "runsOperations", "operationsOperations", "runs", "operations")
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT ("protocol", "nodes") DO UPDATE SET
    "runsRuns" = known."runsRuns" * $8::float8 + excluded."runsRuns",
    "runsOperations" = known."runsOperations" * $8::float8 + excluded."runsOperations",
    "operationsOperations" = known."operationsOperations" * $8::float8 + excluded."operationsOperations",
    "runs" = known."runs" * $8::float8 + excluded."runs",
    "operations" = known."operations" * $8::float8 + excluded."operations"`;

/** Adds what a shard cost to what is known; what is old counts less with every shard. */
export async function learnRunCost(sql: Sql, cost: ShardCost): Promise<void> {
  const { runsRuns, runsOperations, operationsOperations, runs, operations } = equationOf(cost);
  const sums = [runsRuns, runsOperations, operationsOperations, runs, operations];
  await sql.query(LEARN, [cost.protocol, cost.nodes, ...sums, COST_DECAY]);
}
