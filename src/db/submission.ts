import { invariant } from '../model/invariant';
import type { ExperimentRecord } from '../experiments/ports/records';
import type { NewExperiment, NewPoint, NewShard } from '../experiments/ports/stores';
import { CHANGES_CHANNEL } from './change-feed';
import type { Experiment as ExperimentRow, Prisma } from './generated/prisma/client';
import { experimentRecord, toJson } from './rows';

type Transaction = Prisma.TransactionClient;

/** Of the event SUBMITTED. */
const FIRST_SEQUENCE = 1n;

/** Writes an experiment, its points and shards, and its first event: all that a submission accepts. */
export async function insertExperiment(
  tx: Transaction,
  experiment: NewExperiment,
): Promise<ExperimentRecord> {
  for (const point of experiment.points) {
    invariant(
      runsOf(point) === experiment.repetitions,
      `the shards of point ${point.index} miss repetitions`,
    );
  }
  const row = await insertExperimentRow(tx, experiment);
  await insertWork(tx, experiment);
  return experimentRecord(row);
}

function runsOf({ shards }: NewPoint): number {
  return shards.reduce((runs, shard) => runs + shard.runCount, 0);
}

/** Points × repetitions. */
function runCount({ points, repetitions }: NewExperiment): number {
  return points.length * repetitions;
}

async function insertExperimentRow(tx: Transaction, experiment: NewExperiment): Promise<ExperimentRow> {
  const { id, name, clusterId, repetitions, engineVersion } = experiment;
  return tx.experiment.create({
    data: {
      id,
      name,
      clusterId,
      repetitions,
      engineVersion,
      spec: toJson(experiment.spec),
      seed: experiment.seed.toString(),
      runCount: runCount(experiment),
      lastSequence: FIRST_SEQUENCE,
    },
  });
}

/** One statement for any number of rows: a sweep has thousands, and `createMany` is ten times slower. */
async function insertWork(tx: Transaction, experiment: NewExperiment): Promise<void> {
  const { id, points } = experiment;
  const shards = points.flatMap(shardsOf);
  await tx.$executeRaw`
    WITH points AS (
      INSERT INTO "Point" ("experimentId", "index", "parameters", "spec")
      SELECT ${id}, point.index, point.parameters, point.spec
      FROM unnest(
        ${points.map(({ index }) => index)}::int[],
        ${points.map(({ parameters }) => JSON.stringify(parameters))}::jsonb[],
        ${points.map(({ spec }) => JSON.stringify(spec))}::jsonb[]
      ) AS point (index, parameters, spec)
    ), shards AS (
      INSERT INTO "Shard" ("id", "experimentId", "point", "firstRepetition", "runCount")
      SELECT shard.id, ${id}, shard.point, shard.first, shard.count
      FROM unnest(
        ${shards.map((shard) => shard.id)}::text[],
        ${shards.map(({ point }) => point)}::int[],
        ${shards.map(({ firstRepetition }) => firstRepetition)}::int[],
        ${shards.map((shard) => shard.runCount)}::int[]
      ) AS shard (id, point, first, count)
    ), told AS (
      INSERT INTO "ExperimentEvent" ("experimentId", "sequence", "kind", "message")
      VALUES (${id}, ${FIRST_SEQUENCE}, 'SUBMITTED', ${submittedMessage(experiment)})
    )
    SELECT pg_notify(${CHANGES_CHANNEL}, ${id})`;
}

function shardsOf({ index, shards }: NewPoint): (NewShard & { readonly point: number })[] {
  return shards.map((shard) => ({ ...shard, point: index }));
}

function submittedMessage(experiment: NewExperiment): string {
  const runs = runCount(experiment);
  return `Submitted with ${runs} ${runs === 1 ? 'run' : 'runs'}.`;
}
