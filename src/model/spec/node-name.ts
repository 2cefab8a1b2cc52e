import { listed, suggestion } from '../nearest-name';
import type { Problems } from '../problem';
import type { Fields } from './fields';
import { NAME_CHARACTERS_MAX } from './limits';

/** A node's name is its datacenter's with a number behind it. */
export const NODE_NAME_CHARACTERS_MAX = NAME_CHARACTERS_MAX + 10;

/** The names of the nodes there are; null where the cluster is not known and names cannot be checked. */
export type KnownNodes = ReadonlySet<string> | null;

/** The name of a node at the required field `node`. */
export function requiredNode(fields: Fields, known: KnownNodes): string {
  const name = fields.requiredText('node', NODE_NAME_CHARACTERS_MAX);
  if (name !== '') checkNode(name, fields.problems.at('node'), known);
  return name;
}

/** The names at the optional field `nodes`, each at most once; null where it was left out: every node. */
export function optionalNodes(fields: Fields, itemsMax: number, known: KnownNodes): readonly string[] | null {
  if (!fields.has('nodes')) return null;
  const items = fields.list('nodes', itemsMax);
  const given = fields.optional('nodes');
  if (Array.isArray(given) && given.length === 0)
    fields.problems.at('nodes').add('OUT_OF_RANGE', 'Name at least one node, or leave it out to mean all.');
  const seen = new Set<string>();
  for (const { value, problems } of items) {
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
