import { createHash } from 'node:crypto';
import type { ClusterId, ExperimentId, ShardId } from '../../src/model/ids';
import type { Claim, RunHistory } from '../../src/experiments/ports/records';
import type {
  CrashRule,
  IdempotencyClaim,
  NewCluster,
  NewExperiment,
  ShardOutcome,
} from '../../src/experiments/ports/stores';
import { SAMPLE_CLUSTER, SAMPLE_SPEC } from './sample-spec';

export const ENGINE_VERSION = 'test-1';

let idsMade = 0;

/** 26 characters as a ULID has, each greater than the one before. */
function nextUlid(): string {
  return String(++idsMade).padStart(26, '0');
}

/** Three crashes of a run are one too many. */
export const CRASH_RULE: CrashRule = { crashesMax: 3, newShardId: () => `shd_${nextUlid()}` };

export function newCluster(): NewCluster {
  const id: ClusterId = `clu_${nextUlid()}`;
  return { id, name: `cluster ${id}`, spec: SAMPLE_CLUSTER };
}

/** By default one point with one repetition; shards of one run each. */
export function newExperiment(
  shape: { points?: number; repetitions?: number; runsPerShard?: number } = {},
): NewExperiment {
  const { points = 1, repetitions = 1, runsPerShard = 1 } = shape;
  const id: ExperimentId = `exp_${nextUlid()}`;
  return {
    id,
    name: 'sample',
    clusterId: null,
    spec: SAMPLE_SPEC,
    seed: 18_446_744_073_709_551_615n,
    repetitions,
    engineVersion: ENGINE_VERSION,
    points: Array.from({ length: points }, (_, index) => ({
      index,
      parameters: [{ path: 'workload.readShare', value: index / points }],
      spec: { ...SAMPLE_SPEC, workload: { ...SAMPLE_SPEC.workload, readShare: index / points } },
      shards: newShards(repetitions, runsPerShard),
    })),
  };
}

function newShards(repetitions: number, runsPerShard: number): NewExperiment['points'][number]['shards'] {
  return Array.from({ length: Math.ceil(repetitions / runsPerShard) }, (_, index) => {
    const id: ShardId = `shd_${nextUlid()}`;
    const firstRepetition = index * runsPerShard;
    return { id, firstRepetition, runCount: Math.min(runsPerShard, repetitions - firstRepetition) };
  });
}

export function shardIds(experiment: NewExperiment): ShardId[] {
  return experiment.points.flatMap(({ shards }) => shards.map(({ id }) => id));
}

/** The hash that `outcomeOf` gives a run. */
export function hashOfRun(point: number, repetition: number): string {
  return createHash('sha256').update(`${point}.${repetition}`).digest('hex');
}

/** Bytes and hashes that tell which shard and attempt they are of. */
export function outcomeOf(claim: Claim): ShardOutcome {
  const mark = `${claim.point}.${claim.firstRepetition}`;
  return {
    measurements: new TextEncoder().encode(`measurements ${mark}`),
    scalars: new TextEncoder().encode(`scalars ${mark}`),
    runs: Array.from({ length: claim.runCount }, (_, index) => ({
      seed: String(claim.firstRepetition + index),
      resultHash: hashOfRun(claim.point, claim.firstRepetition + index),
      runHash: null,
      truncated: false,
    })),
    simulatedOperations: 3_000_000_000,
  };
}

/** Bytes that tell which run and lease they are of. */
export function historyOf({ leaseEpoch }: Claim, repetition: number): RunHistory {
  return {
    repetition,
    description: { recording: 'WHOLE', operations: leaseEpoch, operationsOfRun: leaseEpoch, windows: [] },
    bytes: new TextEncoder().encode(`history ${repetition} of lease ${leaseEpoch}`),
  };
}

export function newKey(request = 'request'): IdempotencyClaim {
  return { scope: 'submitExperiment', key: nextUlid(), requestHash: request };
}
