import { listed, suggestion } from '../../nearest-name';
import type { Problems } from '../../problem';
import type { HealFault, IsolateFault, PartitionFault, PartitionSide } from '../fault';
import type { Fields } from '../fields';
import { LIST_ITEMS_MAX } from '../limits';
import { requiredNode } from '../node-name';
import { resolveDatacenterName } from '../resolve-ends';
import type { ClusterShape } from '../topology';
import { knownDatacenters, optionalDuration, resolveStart, type FaultGround } from './ground';

/** Null, with the problem reported, if it has not two sides. */
export function resolvePartition(fields: Fields, ground: FaultGround): PartitionFault | null {
  const sides = resolveSides(fields, ground);
  const start = resolveStart(fields, ground);
  const healAfterMs = optionalDuration(fields, 'healAfterMs');
  return sides === null ? null : { ...sides, ...start, healAfterMs };
}

/** Null, with the problem reported, if it does not say whom it isolates. */
export function resolveIsolate(fields: Fields, ground: FaultGround): IsolateFault | null {
  const whom = resolveWhom(fields, ground);
  const start = resolveStart(fields, ground);
  const healAfterMs = optionalDuration(fields, 'healAfterMs');
  return whom === null ? null : { ...whom, ...start, healAfterMs };
}

export function resolveHeal(fields: Fields, ground: FaultGround): HealFault {
  return resolveStart(fields, ground);
}

function resolveWhom(
  fields: Fields,
  ground: FaultGround,
): { readonly node: string } | { readonly datacenter: string } | null {
  const form = fields.variant(['node', 'datacenter']);
  if (form === null) return null;
  if (form === 'node') return { node: requiredNode(fields, ground.nodes) };
  const place = fields.problems.at('datacenter');
  const datacenter = resolveDatacenterName(fields.optional('datacenter'), place, knownDatacenters(ground));
  return datacenter === null ? null : { datacenter };
}

type Sides =
  | { readonly between: readonly [PartitionSide, PartitionSide] }
  | { readonly from: PartitionSide; readonly to: PartitionSide };

function resolveSides(fields: Fields, ground: FaultGround): Sides | null {
  const directed = fields.has('from') || fields.has('to');
  if (directed === fields.has('between')) {
    fields.problems.add('EXACTLY_ONE_OF', 'Give exactly one of "between", or "from" with "to".');
    return null;
  }
  return directed ? resolveDirected(fields, ground) : resolveBetween(fields, ground);
}

function resolveDirected(fields: Fields, ground: FaultGround): Sides {
  const from = resolveSide(fields.optional('from'), fields.problems.at('from'), ground);
  const to = resolveSide(fields.optional('to'), fields.problems.at('to'), ground);
  refuseOverlap(fields.problems, [from, to], ground);
  return { from, to };
}

function resolveBetween(fields: Fields, ground: FaultGround): Sides | null {
  const items = fields.list('between', LIST_ITEMS_MAX);
  if (items.length !== 2) {
    fields.problems
      .at('between')
      .add('OUT_OF_RANGE', `Give two sides, each a list of names; got ${items.length}.`);
    return null;
  }
  const [one, other] = items.map(({ value, problems }) => resolveSide(value ?? null, problems, ground));
  refuseOverlap(fields.problems.at('between'), [one, other], ground);
  return { between: [one, other] };
}

function resolveSide(value: unknown, problems: Problems, ground: FaultGround): PartitionSide {
  if (!Array.isArray(value) || value.length === 0 || value.length > LIST_ITEMS_MAX) {
    if (value === null)
      problems.add('REQUIRED', 'It is required: name the nodes or datacenters of this side.');
    else if (!Array.isArray(value)) problems.add('WRONG_TYPE', 'It must be a list of names.');
    else
      problems.add('OUT_OF_RANGE', `Name 1 to ${LIST_ITEMS_MAX} nodes or datacenters; got ${value.length}.`);
    return [];
  }
  const names = value.map((name: unknown, index) => resolveMember(name, problems.at(index), ground));
  return names.filter((name) => name !== null);
}

function resolveMember(name: unknown, problems: Problems, { shape, nodes }: FaultGround): string | null {
  if (typeof name !== 'string') {
    problems.add('WRONG_TYPE', 'It must be the name of a node or datacenter.');
    return null;
  }
  if (shape === null || nodes === null) return name;
  const isNode = nodes.has(name);
  const isDatacenter = shape.datacenters.includes(name);
  if (isNode !== isDatacenter) return name;
  if (isNode)
    problems.add('DUPLICATE_NAME', 'A node and a datacenter have this name: name the nodes it means.');
  else {
    const known = [...shape.datacenters, ...nodes];
    const message = `There is no such node or datacenter; known are ${listed(known)}.`;
    problems.add('UNKNOWN_NAME', message + suggestion(name, known));
  }
  return null;
}

/** Nobody can be on both sides. */
function refuseOverlap(
  place: Problems,
  [one, other]: readonly [PartitionSide, PartitionSide],
  { shape }: FaultGround,
): void {
  const first = new Set(nodesOfSide(one, shape));
  const shared = nodesOfSide(other, shape).find((node) => first.has(node));
  if (shared !== undefined)
    place.add('OVERLAPPING_SIDES', `"${shared}" is on both sides: put each node on one side at most.`);
}

/** The names of a side's nodes; where the cluster is not known, the names as they are. */
function nodesOfSide(side: PartitionSide, shape: ClusterShape | null): readonly string[] {
  if (shape === null) return side;
  const named = new Set(side);
  return shape.nodes
    .filter(({ name, datacenter }) => named.has(name) || (datacenter !== null && named.has(datacenter)))
    .map(({ name }) => name);
}
