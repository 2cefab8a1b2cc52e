import { Problems, type Problem } from '../../../src/model/problem';
import { Fields } from '../../../src/model/spec/fields';
import { resolveWorkload } from '../../../src/model/spec/resolve-workload';
import type { WorkloadSpec } from '../../../src/model/spec/workload';

export interface Resolved {
  readonly workload: WorkloadSpec;
  readonly problems: readonly Problem[];
}

/** A workload input in a cluster with those datacenters, through the domain. */
export function resolve(input: unknown, datacenters: readonly string[] = []): Resolved {
  const problems = Problems.none();
  const workload = resolveWorkload(new Fields(input, problems), datacenters);
  return { workload, problems: problems.all };
}

export const CLIENT = { ratePerSecond: 100 };
export const load = (changes: object = {}): object => ({ durationMs: 1000, clients: [CLIENT], ...changes });
export const arriving = (arrivals: unknown, changes: object = {}): object =>
  load({ clients: [{ ...CLIENT, arrivals, ...changes }] });
export const chosen = (distribution: unknown): object => load({ keys: { distribution } });
export const THINK = { thinkTime: { constant: { ms: 5 } } };
