import type { Problems } from '../problem';
import type { LinkEnds } from './cluster';
import type { Fields } from './fields';
import { LIST_ITEMS_MAX } from './limits';
import { unknownDatacenter } from './unknown-datacenter';

/** The datacenters there are; null where the cluster is not known and names cannot be checked. */
export type KnownDatacenters = readonly string[] | null;

/** The ends of a link. Null, with the problem reported, if they are not two known datacenters (or one, for `within`). */
export function resolveEnds(fields: Fields, known: KnownDatacenters): LinkEnds | null {
  const directed = fields.has('from') || fields.has('to');
  const forms = [fields.has('between'), fields.has('within'), directed].filter(Boolean).length;
  if (forms !== 1) {
    fields.problems.add('EXACTLY_ONE_OF', 'Give exactly one of "between", "within", or "from" with "to".');
    return null;
  }
  if (fields.has('within')) return resolveWithin(fields, known);
  return directed ? resolveDirected(fields, known) : resolveBetween(fields, known);
}

/** The name of a datacenter; null, with the problem reported, if it is none. */
export function resolveDatacenterName(
  value: unknown,
  problems: Problems,
  known: KnownDatacenters,
): string | null {
  if (value === null) problems.add('REQUIRED', 'It is required: give the name of a datacenter.');
  else if (typeof value !== 'string') problems.add('WRONG_TYPE', 'It must be the name of a datacenter.');
  else if (known === null || known.includes(value)) return value;
  else problems.add('UNKNOWN_NAME', unknownDatacenter(value, known));
  return null;
}

function resolveWithin(fields: Fields, known: KnownDatacenters): LinkEnds | null {
  const within = resolveDatacenterName(fields.optional('within'), fields.problems.at('within'), known);
  return within === null ? null : { within };
}

function resolveDirected(fields: Fields, known: KnownDatacenters): LinkEnds | null {
  const from = resolveDatacenterName(fields.optional('from'), fields.problems.at('from'), known);
  const to = resolveDatacenterName(fields.optional('to'), fields.problems.at('to'), known);
  if (from === null || to === null) return null;
  if (from !== to) return { from, to };
  fields.problems.at('to').add('SELF_LINK', `It links "${from}" to itself: use "within" for that.`);
  return null;
}

function resolveBetween(fields: Fields, known: KnownDatacenters): LinkEnds | null {
  const items = fields.list('between', LIST_ITEMS_MAX);
  const place = fields.problems.at('between');
  if (items.length !== 2) {
    place.add('OUT_OF_RANGE', `Give the two datacenters it joins; got ${items.length}.`);
    return null;
  }
  const [one, other] = items.map(({ value, problems }) => resolveDatacenterName(value, problems, known));
  if (one === null || other === null) return null;
  if (one !== other) return { between: [one, other] };
  place.add('SELF_LINK', `It links "${one}" to itself: use "within" for that.`);
  return null;
}
