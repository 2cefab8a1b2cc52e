import { listed, suggestion } from '../nearest-name';
import type { Problems } from '../problem';
import type { Fields } from './fields';
import { NAME_CHARACTERS_MAX } from './limits';

/** A node's name is its datacenter's with a number behind it. */
export const NODE_NAME_CHARACTERS_MAX = NAME_CHARACTERS_MAX + 10;

/** The names of the nodes there are; null where the cluster is not known and names cannot be checked. */
export type KnownNodes = ReadonlySet<string> | null;

/** The name of a node at the required field `node`, or at another one. */
export function requiredNode(fields: Fields, known: KnownNodes, field = 'node'): string {
  const name = fields.requiredText(field, NODE_NAME_CHARACTERS_MAX);
  if (name !== '') checkNode(name, fields.problems.at(field), known);
  return name;
}

/** The names at the optional field `nodes`, each at most once; null where it was left out: every node. */
export function optionalNodes(fields: Fields, itemsMax: number, known: KnownNodes): readonly string[] | null {
  if (!fields.has('nodes')) return null;
  refuseNobody(fields, 'nodes');
  return listedNodes(fields, 'nodes', { itemsMax, known });
}

/** Reports an empty list where leaving it out means all. */
export function refuseNobody(fields: Fields, name: string): void {
  const given = fields.optional(name);
  if (Array.isArray(given) && given.length === 0)
    fields.problems.at(name).add('OUT_OF_RANGE', 'Name at least one node, or leave it out to mean all.');
}

/** The names in the list at that field, each at most once; empty where it was left out. */
export function listedNodes(
  fields: Fields,
  name: string,
  { itemsMax, known }: { readonly itemsMax: number; readonly known: KnownNodes },
): readonly string[] {
  const seen = new Set<string>();
  for (const { value, problems } of fields.list(name, itemsMax)) {
    if (typeof value !== 'string') problems.add('WRONG_TYPE', 'It must be the name of a node.');
    else if (seen.has(value)) problems.add('DUPLICATE_NAME', 'The same node is named before: name it once.');
    else if (checkNode(value, problems, known)) seen.add(value);
  }
  return [...seen];
}

function checkNode(name: string, problems: Problems, known: KnownNodes): boolean {
  if (known === null || known.has(name)) return true;
  const names = [...known];
  problems.add(
    'UNKNOWN_NAME',
    `There is no such node; known are ${listed(names)}.${suggestion(name, names)}`,
  );
  return false;
}
