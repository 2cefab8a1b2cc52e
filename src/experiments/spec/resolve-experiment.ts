import { parseClusterId, type ClusterId } from '../../model/ids';
import type { Problems } from '../../model/problem';
import type { ClusterSpec } from '../../model/spec/cluster';
import { DEFAULT_REPETITIONS } from '../../model/spec/defaults';
import { defaultEventBudget } from '../../model/spec/event-budget';
import type { ExperimentSpec } from '../../model/spec/experiment';
import type { Fields } from '../../model/spec/fields';
import {
  APPLIES_PER_RUN_MAX,
  EVENT_BUDGET_MAX,
  NAME_CHARACTERS_MAX,
  NODES_TIMES_KEYS_MAX,
  OPERATIONS_PER_EXPERIMENT_MAX,
  RUNS_PER_EXPERIMENT_MAX,
} from '../../model/spec/limits';
import { resolveCluster } from '../../model/spec/resolve-cluster';
import { resolveFaults } from '../../model/spec/resolve-faults';
import { resolveSeed } from '../../model/spec/resolve-seed';
import { expectedOperations, resolveWorkload } from '../../model/spec/resolve-workload';
import { nodesOf } from '../../model/spec/topology';
import type { WorkloadSpec } from '../../model/spec/workload';
import { grouped } from '../../model/text';
import type { ClusterStore } from '../ports/stores';
import { resolveReplication } from './resolve-replication';

export interface ResolvedExperiment {
  readonly name: string;
  readonly clusterId: ClusterId | null;
  readonly spec: ExperimentSpec;
  readonly seed: bigint;
  readonly repetitions: number;
}

/** An experiment with all defaults; null, with the problems reported, if there is no cluster to check it against. */
export async function resolveExperiment(
  fields: Fields,
  clusters: Pick<ClusterStore, 'findMany'>,
): Promise<ResolvedExperiment | null> {
  const name = fields.requiredText('name', NAME_CHARACTERS_MAX);
  const seed = resolveSeed(fields);
  const { clusterId, cluster } = await resolveChosenCluster(fields, clusters);
  const spec = resolveSpec(fields, cluster);
  const repetitions = resolveRepetitions(fields, spec);
  const ownEventBudget = resolveEventBudget(fields);
  fields.end();
  if (cluster === null) return null;
  const whole = { ...spec, cluster };
  const eventBudget = ownEventBudget ?? defaultEventBudget(whole);
  return { name, clusterId, spec: { ...whole, eventBudget }, seed, repetitions };
}

interface ChosenCluster {
  readonly clusterId: ClusterId | null;
  readonly cluster: ClusterSpec | null;
}

async function resolveChosenCluster(
  fields: Fields,
  clusters: Pick<ClusterStore, 'findMany'>,
): Promise<ChosenCluster> {
  const form = fields.variant(['clusterId', 'cluster']);
  if (form === null) return { clusterId: null, cluster: null };
  if (form === 'clusterId') return storedCluster(fields, clusters);
  const inner = fields.inner('cluster');
  const cluster = resolveCluster(inner, resolveReplication);
  inner.end();
  return { clusterId: null, cluster };
}

async function storedCluster(
  fields: Fields,
  clusters: Pick<ClusterStore, 'findMany'>,
): Promise<ChosenCluster> {
  const clusterId = parseClusterId(String(fields.optional('clusterId')));
  const [record] = clusterId === null ? [null] : await clusters.findMany([clusterId]);
  if (record === null)
    fields.problems
      .at('clusterId')
      .add('NOT_FOUND', 'There is no such cluster: give the id of one you created.');
  return { clusterId, cluster: record?.spec ?? null };
}

/** Without a cluster the rest is still checked as far as it can be, so that all problems come at once. */
function resolveSpec(fields: Fields, cluster: ClusterSpec | null): Omit<ExperimentSpec, 'cluster'> {
  const datacenters = cluster === null ? null : cluster.datacenters.map((datacenter) => datacenter.name);
  const nodes = cluster === null ? null : nodesOf(cluster).map((node) => node.name);
  const workload = resolveWorkload(fields.inner('workload'), datacenters);
  refuseTooLargeRun(fields.problems.at('workload'), workload, nodes?.length ?? 1);
  return { workload, faults: resolveFaults(fields, { nodes, workload }) };
}

/** What a run costs beyond its operations, which the workload's own rule limits. */
function refuseTooLargeRun(place: Problems, workload: WorkloadSpec, nodes: number): void {
  const versions = nodes * workload.keys.count;
  if (versions > NODES_TIMES_KEYS_MAX)
    place
      .at('keys', 'count')
      .add(
        'BUDGET_EXCEEDED',
        `${grouped(nodes)} nodes would keep ${grouped(versions)} versions (nodes × keys); ` +
          `at most ${grouped(NODES_TIMES_KEYS_MAX)} are allowed.`,
      );
  const applies = Math.round(expectedOperations(workload) * (1 - workload.readShare) * nodes);
  if (applies > APPLIES_PER_RUN_MAX)
    place.add(
      'BUDGET_EXCEEDED',
      `A run would apply about ${grouped(applies)} writes (writes × nodes); ` +
        `at most ${grouped(APPLIES_PER_RUN_MAX)} are allowed. Lower a rate, the duration or the nodes.`,
    );
}

/** Null where it was left out. */
function resolveEventBudget(fields: Fields): number | null {
  if (!fields.has('eventBudget')) return null;
  return fields.number('eventBudget', {
    what: 'a whole number of events',
    integer: true,
    min: 1,
    max: EVENT_BUDGET_MAX,
  });
}

function resolveRepetitions(fields: Fields, { workload }: Pick<ExperimentSpec, 'workload'>): number {
  const repetitions = fields.number('repetitions', {
    what: 'a whole number of runs',
    integer: true,
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    default: DEFAULT_REPETITIONS,
  });
  const place = fields.problems.at('repetitions');
  const operations = Math.round(expectedOperations(workload) * repetitions);
  if (repetitions > RUNS_PER_EXPERIMENT_MAX)
    place.add(
      'BUDGET_EXCEEDED',
      `The experiment would have ${grouped(repetitions)} runs; at most ${grouped(RUNS_PER_EXPERIMENT_MAX)} are allowed.`,
    );
  else if (operations > OPERATIONS_PER_EXPERIMENT_MAX)
    place.add(
      'BUDGET_EXCEEDED',
      `All runs together would have about ${grouped(operations)} operations; ` +
        `at most ${grouped(OPERATIONS_PER_EXPERIMENT_MAX)} are allowed.`,
    );
  return repetitions;
}
