import type { Fields, NumberRule } from '../../../model/spec/fields';
import { SHARDS_MAX, SHARDS_TIMES_NODES_MAX } from '../../../model/spec/limits';
import { grouped } from '../../../model/text';
import { DEFAULT_SHARDS } from './shards';

const SHARDS_RULE: NumberRule = {
  what: 'a whole number of shards',
  integer: true,
  min: 1,
  max: SHARDS_MAX,
  default: DEFAULT_SHARDS,
};

/** The number at the field `shards`. Nodes with all their shards must not be too many. */
export function resolveShards(fields: Fields, nodes: number): number {
  const shards = fields.number('shards', SHARDS_RULE);
  if (shards > 1 && shards * nodes > SHARDS_TIMES_NODES_MAX)
    fields.problems
      .at('shards')
      .add(
        'BUDGET_EXCEEDED',
        `${grouped(nodes)} nodes would keep ${grouped(shards * nodes)} logs (shards × nodes); ` +
          `at most ${grouped(SHARDS_TIMES_NODES_MAX)} are allowed.`,
      );
  return shards;
}
