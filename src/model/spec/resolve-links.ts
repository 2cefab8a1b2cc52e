import type { Problems } from '../problem';
import type { LinkLaw, LinkSpec } from './cluster';
import { Fields } from './fields';
import { LIST_ITEMS_MAX } from './limits';
import { resolveDistribution } from './resolve-distribution';
import { resolveEnds } from './resolve-ends';
import { DUPLICATION_RULE, LOSS_RULE } from './rules';
import { directionKey, directionKeys } from './topology';

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
  const law = resolveLaw(fields);
  fields.end();
  return ends === null ? null : { ...ends, ...law };
}

function resolveLaw(fields: Fields): LinkLaw {
  const jitter = fields.optional('jitter');
  return {
    latency: resolveDistribution(fields.optional('latency') ?? {}, fields.problems.at('latency')),
    jitter: jitter === null ? null : resolveDistribution(jitter, fields.problems.at('jitter')),
    loss: fields.number('loss', LOSS_RULE),
    duplication: fields.number('duplication', DUPLICATION_RULE),
  };
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
    const taken = directionKeys(link).find((key) => earlier.has(key));
    if (taken !== undefined)
      place
        .at(index)
        .add('DUPLICATE_LINK', `Link ${(earlier.get(taken) ?? 0) + 1} already joins the same datacenters.`);
    else for (const key of directionKeys(link)) earlier.set(key, index);
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
  const covered = new Set(links.flatMap(directionKeys));
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
