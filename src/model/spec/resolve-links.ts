import type { Problems } from '../problem';
import type { LinkSpec } from './cluster';
import { Fields } from './fields';
import { LIST_ITEMS_MAX } from './limits';
import { resolveDistribution } from './resolve-distribution';
import { directionKey, directionsOf } from './topology';
import { unknownDatacenter } from './unknown-datacenter';

const LINKS_MAX = 10 * LIST_ITEMS_MAX;

/** The links at the field `links`: each pair of datacenters joined exactly once in each direction. */
export function resolveLinks(fields: Fields, datacenters: readonly string[]): readonly LinkSpec[] {
  const links = fields
    .list('links', LINKS_MAX)
    .map(({ value, problems }) => resolveLink(new Fields(value, problems), datacenters));
  checkLinks(fields.problems.at('links'), links, datacenters);
  return links.filter((link) => link !== null);
}

function resolveLink(fields: Fields, datacenters: readonly string[]): LinkSpec | null {
  const ends = resolveEnds(fields, datacenters);
  const latency = resolveDistribution(fields.optional('latency') ?? {}, fields.problems.at('latency'));
  fields.end();
  return ends === null ? null : { ...ends, latency };
}

type Ends = { between: readonly [string, string] } | { within: string } | { from: string; to: string };

/** Null, with the problem reported, if the ends are not two known datacenters (or one, for `within`). */
function resolveEnds(fields: Fields, datacenters: readonly string[]): Ends | null {
  const directed = fields.has('from') || fields.has('to');
  const forms = [fields.has('between'), fields.has('within'), directed].filter(Boolean).length;
  if (forms !== 1) {
    fields.problems.add('EXACTLY_ONE_OF', 'Give exactly one of "between", "within", or "from" with "to".');
    return null;
  }
  if (fields.has('within')) return resolveWithin(fields, datacenters);
  return directed ? resolveDirected(fields, datacenters) : resolveBetween(fields, datacenters);
}

function resolveWithin(fields: Fields, datacenters: readonly string[]): Ends | null {
  const within = datacenter(fields.optional('within'), fields.problems.at('within'), datacenters);
  return within === null ? null : { within };
}

function resolveDirected(fields: Fields, datacenters: readonly string[]): Ends | null {
  const from = datacenter(fields.optional('from'), fields.problems.at('from'), datacenters);
  const to = datacenter(fields.optional('to'), fields.problems.at('to'), datacenters);
  if (from === null || to === null) return null;
  if (from !== to) return { from, to };
  fields.problems.at('to').add('SELF_LINK', `It links "${from}" to itself: use "within" for that.`);
  return null;
}

function resolveBetween(fields: Fields, datacenters: readonly string[]): Ends | null {
  const items = fields.list('between', LIST_ITEMS_MAX);
  const place = fields.problems.at('between');
  if (items.length !== 2) {
    place.add('OUT_OF_RANGE', `Give the two datacenters it joins; got ${items.length}.`);
    return null;
  }
  const [one, other] = items.map(({ value, problems }) => datacenter(value, problems, datacenters));
  if (one === null || other === null) return null;
  if (one !== other) return { between: [one, other] };
  place.add('SELF_LINK', `It links "${one}" to itself: use "within" for that.`);
  return null;
}

function datacenter(value: unknown, problems: Problems, known: readonly string[]): string | null {
  if (typeof value === 'string' && known.includes(value)) return value;
  if (value === null) problems.add('REQUIRED', 'It is required: give the name of a datacenter.');
  else if (typeof value !== 'string') problems.add('WRONG_TYPE', 'It must be the name of a datacenter.');
  else problems.add('UNKNOWN_NAME', unknownDatacenter(value, known));
  return null;
}

/** Every direction between two datacenters needs exactly one link; `within` may be given once each. */
function checkLinks(
  place: Problems,
  links: readonly (LinkSpec | null)[],
  datacenters: readonly string[],
): void {
  const earlier = new Map<string, number>();
  links.forEach((link, index) => {
    if (link === null) return;
    const taken = directionsOf(link).find((key) => earlier.has(key));
    if (taken !== undefined)
      place
        .at(index)
        .add('DUPLICATE_LINK', `Link ${(earlier.get(taken) ?? 0) + 1} already joins the same datacenters.`);
    else for (const key of directionsOf(link)) earlier.set(key, index);
  });
  if (!links.includes(null))
    refuseMissingLinks(
      place,
      links.filter((link) => link !== null),
      datacenters,
    );
}

const MISSING_SHOWN = 10;

function refuseMissingLinks(
  place: Problems,
  links: readonly LinkSpec[],
  datacenters: readonly string[],
): void {
  const covered = new Set(links.flatMap(directionsOf));
  const missing = pairsOf(datacenters).flatMap((pair) => missingBetween(covered, pair));
  for (const message of missing.slice(0, MISSING_SHOWN)) place.add('MISSING_LINK', message);
}

function pairsOf(names: readonly string[]): readonly (readonly [string, string])[] {
  return names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const));
}

function missingBetween(
  covered: ReadonlySet<string>,
  [one, other]: readonly [string, string],
): readonly string[] {
  const there = covered.has(directionKey({ from: one, to: other }));
  const back = covered.has(directionKey({ from: other, to: one }));
  if (there && back) return [];
  if (there === back) return [`There is no link between "${one}" and "${other}": give its latency.`];
  const [from, to] = there ? [other, one] : [one, other];
  return [`There is no link from "${from}" to "${to}": give its latency.`];
}
