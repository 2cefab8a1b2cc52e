import { listed, suggestion } from '../nearest-name';
import { grouped } from '../text';
import type { FaultSpec } from './fault';
import { Fields } from './fields';
import { DURATION_MS_MAX, LIST_ITEMS_MAX, NAME_CHARACTERS_MAX } from './limits';
import type { WorkloadSpec } from './workload';

/** What a schedule of faults may refer to. */
export interface FaultGround {
  /** Null where the cluster is not known and names cannot be checked. */
  readonly nodes: readonly string[] | null;
  readonly workload: Pick<WorkloadSpec, 'durationMs' | 'warmupMs'>;
}

/** The faults at the field `faults` of an object, in the order given. */
export function resolveFaults(fields: Fields, ground: FaultGround): readonly FaultSpec[] {
  return fields
    .list('faults', LIST_ITEMS_MAX)
    .map(({ value, problems }) => resolveFault(new Fields(value, problems), ground))
    .filter((fault) => fault !== null);
}

function resolveFault(fields: Fields, ground: FaultGround): FaultSpec | null {
  const variant = fields.variant(['crash', 'restart']);
  if (variant === null) return null;
  const inner = fields.inner(variant);
  const place = { node: resolveNode(inner, ground), atMs: resolveTime(inner, ground) };
  const fault: FaultSpec =
    variant === 'restart' ? { restart: place } : { crash: { ...place, ...downTime(inner) } };
  inner.end();
  fields.end();
  return fault;
}

function downTime(fields: Fields): { readonly restartAfterMs: number | null } {
  if (!fields.has('restartAfterMs')) return { restartAfterMs: null };
  const rule = { what: 'a number of milliseconds', above: 0, max: DURATION_MS_MAX };
  return { restartAfterMs: fields.number('restartAfterMs', rule) };
}

function resolveNode(fields: Fields, { nodes }: FaultGround): string {
  const name = fields.requiredText('node', NAME_CHARACTERS_MAX + 10);
  if (name !== '' && nodes !== null && !nodes.includes(name))
    fields.problems
      .at('node')
      .add('UNKNOWN_NAME', `There is no such node; known are ${listed(nodes)}.${suggestion(name, nodes)}`);
  return name;
}

function resolveTime(fields: Fields, { workload: { durationMs, warmupMs } }: FaultGround): number {
  const rule = { what: 'a number of milliseconds', min: -warmupMs, max: DURATION_MS_MAX };
  const atMs = fields.number('atMs', rule);
  if (atMs >= durationMs)
    fields.problems
      .at('atMs')
      .add(
        'FAULT_AFTER_END',
        `It comes after the end: give a time below the duration, ${grouped(durationMs)} ms.`,
      );
  return atMs;
}
