import { Problems, type Problem } from '../../src/model/problem';
import type { ClusterSpec } from '../../src/model/spec/cluster';
import { Fields } from '../../src/model/spec/fields';
import { resolveCluster } from '../../src/model/spec/resolve-cluster';
import { resolveExperiment, type ResolvedExperiment } from '../../src/experiments/spec/resolve-experiment';
import { resolveReplication } from '../../src/experiments/spec/resolve-replication';

/** The shortest useful cluster, as a user would write it; fields given replace its own. */
export function clusterInput(changes: object = {}): object {
  return { name: 'plain', nodes: 3, replication: { singleLeader: {} }, ...changes };
}

/** Two datacenters with a link, and the same changes. */
export function pairInput(changes: object = {}): object {
  return {
    name: 'pair',
    datacenters: [
      { name: 'seoul', nodes: 1 },
      { name: 'tokyo', nodes: 2 },
    ],
    links: [{ between: ['seoul', 'tokyo'], latency: { constant: { ms: 15 } } }],
    replication: { singleLeader: {} },
    ...changes,
  };
}

export function workloadInput(changes: object = {}): object {
  return { durationMs: 1000, clients: [{ ratePerSecond: 100 }], ...changes };
}

export function experimentInput(changes: object = {}): object {
  return { name: 'first', cluster: clusterInput(), workload: workloadInput(), ...changes };
}

export interface Resolution<Spec> {
  readonly resolved: Spec;
  readonly problems: readonly Problem[];
}

export function resolveClusterInput(input: unknown): Resolution<ClusterSpec> {
  const problems = Problems.none();
  const fields = new Fields(input, problems);
  const resolved = resolveCluster(fields, resolveReplication);
  fields.end();
  return { resolved, problems: problems.all };
}

/** For inputs that bring their cluster along: no store is asked. */
export async function resolveExperimentInput(input: unknown): Promise<Resolution<ResolvedExperiment | null>> {
  const problems = Problems.none();
  const nothingStored = { findMany: async () => Promise.resolve([null]) };
  const resolved = await resolveExperiment(new Fields(input, problems), nothingStored);
  return { resolved, problems: problems.all };
}

/** `CODE at path.to.field`, to compare with. */
export function places(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, path }) => `${code} at ${path.join('.')}`);
}
