import { parseClusterId, type ClusterId } from '../../model/ids';
import type { Problems } from '../../model/problem';
import type { ClusterSpec } from '../../model/spec/cluster';
import { DEFAULT_REPETITIONS } from '../../model/spec/defaults';
import { EndpointMap } from '../../model/spec/endpoint-map';
import type { ExperimentSpec } from '../../model/spec/experiment';
import { refuseTooManyFaults } from '../../model/spec/faults/fault-budget';
import { faultGround } from '../../model/spec/faults/ground';
import { resolveFaults } from '../../model/spec/faults/resolve-faults';
import { resolveNemesis } from '../../model/spec/faults/resolve-nemesis';
import { Fields } from '../../model/spec/fields';
import {
  APPLIES_PER_RUN_MAX,
  EVENT_BUDGET_MAX,
  NAME_CHARACTERS_MAX,
  NODES_TIMES_KEYS_MAX,
  OPERATIONS_PER_EXPERIMENT_MAX,
  OPERATIONS_PER_RUN_MAX,
  RUNS_PER_EXPERIMENT_MAX,
} from '../../model/spec/limits';
import { keyCountOf } from '../../model/spec/probe';
import { resolveCluster } from '../../model/spec/resolve-cluster';
import { resolveSeed } from '../../model/spec/resolve-seed';
import { resolveWorkload } from '../../model/spec/resolve-workload';
import { shapeOf } from '../../model/spec/topology';
import type { WorkloadSpec } from '../../model/spec/workload';
import { grouped } from '../../model/text';
import type { ClusterStore } from '../ports/stores';
import { defaultEventBudget } from './event-budget';
import { expectedOperations } from './expected-operations';
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
  const repetitions = resolveRepetitions(fields, expectedOperations({ cluster, workload: spec.workload }));
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
  // A cluster that was stored before a setting existed gets its default.
  const stored = new Fields(record?.spec ?? {}, fields.problems.at('clusterId'));
  return { clusterId, cluster: record === null ? null : resolveCluster(stored, resolveReplication) };
}

/** Without a cluster the rest is still checked as far as it can be, so that all problems come at once. */
function resolveSpec(fields: Fields, cluster: ClusterSpec | null): Omit<ExperimentSpec, 'cluster'> {
  const shape = cluster === null ? null : shapeOf(cluster);
  const workload = resolveWorkload(fields.inner('workload'), shape === null ? null : shape.datacenters);
  refuseTooLargeRun(fields.problems.at('workload'), { cluster, workload, nodes: shape?.nodes.length ?? 1 });
  const ground = faultGround(shape, workload);
  const problemsBefore = fields.problems.count;
  const faults = resolveFaults(fields, ground);
  const nemesis = resolveNemesis(fields, ground);
  if (shape !== null && fields.problems.count === problemsBefore) {
    const map = new EndpointMap(shape.nodes, workload.clients);
    refuseTooManyFaults(fields.problems, { faults, nemesis, workload, map });
  }
  return { workload, faults, nemesis };
}

interface Run {
  /** Null where it is not known. */
  readonly cluster: ClusterSpec | null;
  readonly workload: WorkloadSpec;
  readonly nodes: number;
}

function refuseTooLargeRun(place: Problems, run: Run): void {
  refuseTooManyVersions(place, run);
  const operations = expectedOperations(run);
  if (operations > OPERATIONS_PER_RUN_MAX) place.add('BUDGET_EXCEEDED', tooManyOperations(operations));
  const applies = Math.round(operations * (1 - run.workload.readShare) * run.nodes);
  if (applies > APPLIES_PER_RUN_MAX && applies < Infinity)
    place.add(
      'BUDGET_EXCEEDED',
      `A run would apply about ${grouped(applies)} writes (writes × nodes); ` +
        `at most ${grouped(APPLIES_PER_RUN_MAX)} are allowed. Lower a rate, the duration or the nodes.`,
    );
}

function tooManyOperations(operations: number): string {
  if (operations === Infinity)
    return 'A run would never end: sessions of a closed loop wait neither between two operations nor for an answer. Give a think time.';
  return (
    `A run would have about ${grouped(Math.round(operations))} operations (rate × duration); ` +
    `at most ${grouped(OPERATIONS_PER_RUN_MAX)} are allowed. Lower a rate or the duration.`
  );
}

function refuseTooManyVersions(place: Problems, { workload, nodes }: Run): void {
  const versions = nodes * keyCountOf(workload);
  if (versions > NODES_TIMES_KEYS_MAX)
    place
      .at(...(workload.probe === null ? ['keys', 'count'] : ['probe', 'writes']))
      .add(
        'BUDGET_EXCEEDED',
        `${grouped(nodes)} nodes would keep ${grouped(versions)} versions (nodes × keys); ` +
          `at most ${grouped(NODES_TIMES_KEYS_MAX)} are allowed.`,
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

/** @param operationsPerRun as expected */
function resolveRepetitions(fields: Fields, operationsPerRun: number): number {
  const repetitions = fields.number('repetitions', {
    what: 'a whole number of runs',
    integer: true,
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    default: DEFAULT_REPETITIONS,
  });
  const place = fields.problems.at('repetitions');
  const operations = Math.round(operationsPerRun * repetitions);
  if (repetitions > RUNS_PER_EXPERIMENT_MAX)
    place.add(
      'BUDGET_EXCEEDED',
      `The experiment would have ${grouped(repetitions)} runs; at most ${grouped(RUNS_PER_EXPERIMENT_MAX)} are allowed.`,
    );
  else if (operations > OPERATIONS_PER_EXPERIMENT_MAX && operations < Infinity)
    place.add(
      'BUDGET_EXCEEDED',
      `All runs together would have about ${grouped(operations)} operations; ` +
        `at most ${grouped(OPERATIONS_PER_EXPERIMENT_MAX)} are allowed.`,
    );
  return repetitions;
}
