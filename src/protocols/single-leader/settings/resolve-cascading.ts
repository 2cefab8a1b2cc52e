import { listed } from '../../../model/nearest-name';
import { Fields } from '../../../model/spec/fields';
import { NODES_MAX } from '../../../model/spec/limits';
import { requiredNode } from '../../../model/spec/node-name';
import type { Cascade } from './cascade';
import type { NodeNames } from './node-names';

/** The followers at the field `cascading` that get the log from another node than the leader. */
export function resolveCascading(fields: Fields, names: Omit<NodeNames, 'cascaded'>): readonly Cascade[] {
  const problemsBefore = fields.problems.count;
  const cascades = fields
    .list('cascading', NODES_MAX)
    .map(({ value, problems }) => resolveCascade(new Fields(value, problems), names));
  refuseTwice(fields, cascades);
  if (fields.problems.count === problemsBefore) refuseCircles(fields, cascades);
  return cascades;
}

function resolveCascade(fields: Fields, { known, leader }: Omit<NodeNames, 'cascaded'>): Cascade {
  const node = requiredNode(fields, known);
  const upstream = requiredNode(fields, known, 'upstream');
  if (node === leader && leader !== null)
    fields.problems
      .at('node')
      .add(
        'CONFLICTING_SETTINGS',
        `"${leader}" leads and gets the log from nobody: name a follower, or let another node lead.`,
      );
  fields.end();
  return { node, upstream };
}

function refuseTwice(fields: Fields, cascades: readonly Cascade[]): void {
  const seen = new Set<string>();
  cascades.forEach(({ node }, index) => {
    if (node !== '' && seen.has(node))
      fields.problems
        .at('cascading', index, 'node')
        .add('DUPLICATE_NAME', 'The upstream of this node is given before: give each node one.');
    seen.add(node);
  });
}

/** Reports each circle once, at the last of its entries: without that one there would be none. */
function refuseCircles(fields: Fields, cascades: readonly Cascade[]): void {
  const upstreamOf = new Map<string, string>();
  cascades.forEach(({ node, upstream }, index) => {
    upstreamOf.set(node, upstream);
    const chain = chainFrom(node, upstreamOf);
    if (chain === null) return;
    upstreamOf.delete(node);
    fields.problems
      .at('cascading', index, 'upstream')
      .add(
        'CONFLICTING_SETTINGS',
        `${listed(chain)} would get the log from one another in a circle and never from the leader: name an upstream outside.`,
      );
  });
}

/** The nodes from that one upward until it comes again; null if it does not. */
function chainFrom(node: string, upstreamOf: ReadonlyMap<string, string>): readonly string[] | null {
  const chain = [node];
  let above = upstreamOf.get(node);
  while (above !== undefined && above !== node) {
    chain.push(above);
    above = upstreamOf.get(above);
  }
  return above === undefined ? null : chain;
}
