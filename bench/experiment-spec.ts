import { resolveReplication } from '../src/experiments/spec/resolve-replication';
import { Problems } from '../src/model/problem';
import type { ExperimentSpec } from '../src/model/spec/experiment';
import { faultGround } from '../src/model/spec/faults/ground';
import { resolveFaults } from '../src/model/spec/faults/resolve-faults';
import { Fields } from '../src/model/spec/fields';
import { resolveCluster } from '../src/model/spec/resolve-cluster';
import { resolveWorkload } from '../src/model/spec/resolve-workload';
import { shapeOf } from '../src/model/spec/topology';

/** An experiment as a user would write it: what is left out gets its default. */
export interface ExperimentInput {
  readonly cluster: object;
  readonly workload: object;
  readonly faults?: readonly object[];
}

/** @throws with every problem of the input */
export function experimentSpec(input: ExperimentInput): ExperimentSpec {
  const problems = Problems.none();
  const fields = new Fields(input, problems);
  const cluster = resolveCluster(fields.inner('cluster'), resolveReplication);
  const shape = shapeOf(cluster);
  const workload = resolveWorkload(fields.inner('workload'), shape.datacenters);
  const faults = resolveFaults(fields, faultGround(shape, workload));
  if (problems.count > 0) throw new Error(JSON.stringify(problems.all, null, 2));
  return { cluster, workload, faults, nemesis: null };
}
