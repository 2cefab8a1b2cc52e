import { ENGINE_VERSION } from '../engine/engine-version';
import { Problems } from '../model/problem';
import { Fields } from '../model/spec/fields';
import type { Afterwards } from './afterwards';
import { idempotencyOf, MISMATCH_MESSAGE } from './idempotency';
import type { Outcome } from './lab';
import { planShards } from './plan-shards';
import type { Failpoint } from './ports/failpoint';
import type { IdSource } from './ports/ids';
import type { ExperimentRecord } from './ports/records';
import type { Report } from './ports/report';
import type { ClusterStore, ExperimentStore, NewPoint } from './ports/stores';
import type { WorkQueue } from './ports/work-queue';
import { predictedSeconds, runLoadOf } from './run-cost';
import { resolveExperiment, type ResolvedExperiment } from './spec/resolve-experiment';
import { warningsOf } from './spec/warnings';
import { wakeWorkers } from './wake-workers';

export interface SubmitExperiment {
  readonly clusters: ClusterStore;
  readonly experiments: ExperimentStore;
  readonly queue: WorkQueue;
  readonly ids: IdSource;
  readonly report: Report;
  readonly afterwards: Afterwards;
  readonly failpoint: Failpoint;
}

/** Checks an experiment and writes its rows in one transaction; workers are woken after the answer. */
export async function submitExperiment(
  ports: SubmitExperiment,
  input: object,
): Promise<Outcome<ExperimentRecord>> {
  const problems = Problems.none();
  const fields = new Fields(input, problems);
  const idempotency = idempotencyOf('submitExperiment', input, fields);
  const resolved = await resolveExperiment(fields, ports.clusters);
  if (resolved === null || problems.count > 0) return { kind: 'REFUSED', problems: problems.all };
  const { points, ...experiment } = await planned(resolved, ports);
  const creation = await ports.experiments.insert({ ...experiment, points }, idempotency);
  if (creation.kind === 'MISMATCH') {
    problems.at('idempotencyKey').add('IDEMPOTENCY_KEY_MISMATCH', MISMATCH_MESSAGE);
    return { kind: 'REFUSED', problems: problems.all };
  }
  if (creation.kind === 'CREATED') ports.afterwards.run(() => wake(ports, points));
  return {
    kind: 'DONE',
    record: creation.record,
    replayed: creation.kind === 'REPLAYED',
    warnings: warningsOf(resolved),
  };
}

async function planned(resolved: ResolvedExperiment, { experiments, ids }: SubmitExperiment) {
  const { spec, repetitions } = resolved;
  const load = runLoadOf(spec);
  const secondsPerRun = predictedSeconds(load, await experiments.runCosts(load.protocol));
  return {
    ...resolved,
    id: ids.experiment(),
    engineVersion: ENGINE_VERSION,
    points: planShards({ spec, repetitions, secondsPerRun }, ids),
  };
}

/** If this process dies here, the rows are there, and the reconciler will enqueue what is missing. */
async function wake(ports: SubmitExperiment, points: readonly NewPoint[]): Promise<void> {
  await ports.failpoint('api.between-commit-and-enqueue');
  const jobs = points.flatMap(({ shards }) => shards.map(({ id }) => ({ shardId: id, attempt: 1 })));
  await wakeWorkers(ports, jobs);
}
