import type { ClusterId, ExperimentId } from '../model/ids';
import type { ClusterSpec } from '../model/spec/cluster';
import type { ExperimentSpec } from '../model/spec/experiment';
import type { ClusterRecord, ExperimentEvent, ExperimentRecord } from '../experiments/ports/records';
import type {
  Cluster as ClusterRow,
  Experiment as ExperimentRow,
  ExperimentEvent as EventRow,
  Prisma,
} from './generated/prisma/client';

/** Rows end here: everything behind the ports is made of the domain's records. */
export function clusterRecord(row: ClusterRow): ClusterRecord {
  const { name, createdAt } = row;
  return { id: row.id as ClusterId, name, spec: asWritten(row.spec) as ClusterSpec, createdAt };
}

export function experimentRecord(row: ExperimentRow): ExperimentRecord {
  return {
    id: row.id as ExperimentId,
    name: row.name,
    status: row.status,
    clusterId: row.clusterId as ClusterId | null,
    spec: asWritten(row.spec) as ExperimentSpec,
    seed: BigInt(row.seed.toFixed(0)),
    repetitions: row.repetitions,
    runCount: row.runCount,
    completedRuns: row.completedRuns,
    engineVersion: row.engineVersion,
    lastSequence: row.lastSequence,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  };
}

export function experimentEvent(row: EventRow): ExperimentEvent {
  const { sequence, at, kind, message, point, repetition, runCount } = row;
  const experimentId = row.experimentId as ExperimentId;
  const run = point === null || repetition === null ? null : { experimentId, point, repetition };
  return { experimentId, sequence, at, kind, message, run, runCount };
}

/** Specs are plain data; JSONB may reorder their keys, which mean nothing. */
export function toJson(value: object): Prisma.InputJsonObject {
  return { ...value };
}

/** What `toJson` wrote comes back as it was: the type of then is the type of now. */
function asWritten(value: Prisma.JsonValue): unknown {
  return value;
}
