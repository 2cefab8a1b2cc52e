import { grouped } from '../../text';
import type { Fields } from '../fields';
import { DURATION_MS_MAX } from '../limits';
import type { KnownNodes } from '../node-name';
import type { KnownDatacenters } from '../resolve-ends';
import { DURATION_RULE } from '../rules';
import type { ClusterShape } from '../topology';
import type { WorkloadSpec } from '../workload';

/** What faults may refer to. */
export interface FaultGround {
  /** Null where the cluster is not known and names cannot be checked. */
  readonly shape: ClusterShape | null;
  /** The names of the shape's nodes. */
  readonly nodes: KnownNodes;
  readonly workload: FaultTimes;
}

type FaultTimes = Pick<WorkloadSpec, 'durationMs' | 'warmupMs' | 'clients'>;

export function faultGround(shape: ClusterShape | null, workload: FaultTimes): FaultGround {
  const nodes = shape === null ? null : new Set(shape.nodes.map(({ name }) => name));
  return { shape, nodes, workload };
}

export function knownDatacenters({ shape }: FaultGround): KnownDatacenters {
  return shape === null ? null : shape.datacenters;
}

/** The required field `atMs`: from the beginning of the warm-up to before the end of the duration. */
export function resolveStart(
  fields: Fields,
  { workload: { durationMs, warmupMs } }: FaultGround,
): { readonly atMs: number } {
  const rule = { what: 'a number of milliseconds', min: -warmupMs, max: DURATION_MS_MAX };
  const atMs = fields.number('atMs', rule);
  if (atMs >= durationMs)
    fields.problems
      .at('atMs')
      .add(
        'FAULT_AFTER_END',
        `It comes after the end: give a time below the duration, ${grouped(durationMs)} ms.`,
      );
  return { atMs };
}

/** Start and required duration. */
export function resolveSpan(
  fields: Fields,
  ground: FaultGround,
): { readonly atMs: number; readonly durationMs: number } {
  return { ...resolveStart(fields, ground), durationMs: fields.number('durationMs', DURATION_RULE) };
}

/** A length of time above 0; null where it was left out. */
export function optionalDuration(fields: Fields, name: string): number | null {
  return fields.has(name) ? fields.number(name, DURATION_RULE) : null;
}
