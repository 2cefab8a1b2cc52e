import { Problems } from '../model/problem';
import { Fields } from '../model/spec/fields';
import { resolveCluster } from '../model/spec/resolve-cluster';
import { idempotencyOf, MISMATCH_MESSAGE } from './idempotency';
import type { Outcome } from './lab';
import type { IdSource } from './ports/ids';
import type { ClusterRecord } from './ports/records';
import type { ClusterStore } from './ports/stores';
import { resolveReplication } from './spec/resolve-replication';

export interface CreateCluster {
  readonly clusters: ClusterStore;
  readonly ids: IdSource;
}

/** Checks and stores a cluster definition. */
export async function createCluster(
  { clusters, ids }: CreateCluster,
  input: object,
): Promise<Outcome<ClusterRecord>> {
  const problems = Problems.none();
  const fields = new Fields(input, problems);
  const idempotency = idempotencyOf('createCluster', input, fields);
  const spec = resolveCluster(fields, resolveReplication);
  fields.end();
  if (problems.count > 0) return { kind: 'REFUSED', problems: problems.all };
  const creation = await clusters.insert({ id: ids.cluster(), name: spec.name, spec }, idempotency);
  if (creation.kind !== 'MISMATCH')
    return { kind: 'DONE', record: creation.record, replayed: creation.kind === 'REPLAYED', warnings: [] };
  problems.at('idempotencyKey').add('IDEMPOTENCY_KEY_MISMATCH', MISMATCH_MESSAGE);
  return { kind: 'REFUSED', problems: problems.all };
}
