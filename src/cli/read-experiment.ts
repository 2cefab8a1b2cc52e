import { Problems, type Problem } from '../model/problem';
import { Fields } from '../model/spec/fields';
import { idempotencyOf } from '../experiments/idempotency';
import { resolveExperiment, type ResolvedExperiment } from '../experiments/spec/resolve-experiment';

/** Clusters live in a lab's database; a file must bring its own. */
const NO_CLUSTERS = { findMany: (ids: readonly unknown[]) => Promise.resolve(ids.map(() => null)) };

export type ReadExperiment =
  | { readonly kind: 'READ'; readonly experiment: ResolvedExperiment }
  | { readonly kind: 'REFUSED'; readonly problems: readonly Problem[] };

/** Reads an experiment as `submitExperiment` takes it, with its cluster inline, and completes it with the defaults. */
export async function readExperiment(input: object): Promise<ReadExperiment> {
  const problems = Problems.none();
  const fields = new Fields(input, problems);
  // Here it means nothing, but what was submitted may have one.
  idempotencyOf('submitExperiment', input, fields);
  const experiment = await resolveExperiment(fields, NO_CLUSTERS);
  return experiment === null || problems.count > 0
    ? { kind: 'REFUSED', problems: problems.all }
    : { kind: 'READ', experiment };
}
