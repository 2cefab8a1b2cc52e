import { Fields, type NumberRule } from '../../../model/spec/fields';
import { INITIAL_LOG_ENTRIES_MAX, NODES_MAX } from '../../../model/spec/limits';
import { requiredNode } from '../../../model/spec/node-name';
import { grouped } from '../../../model/text';
import type { InitialPosition } from './initial-position';
import type { NodeNames } from './node-names';

const LSN_RULE: NumberRule = { what: 'a whole number', min: 0, max: INITIAL_LOG_ENTRIES_MAX };

/** The positions at the field `initialLog`: nobody is ahead of the leader, and there is only one log. */
export function resolveInitialLog(
  fields: Fields,
  names: NodeNames,
  shards: number,
): readonly InitialPosition[] {
  const problemsBefore = fields.problems.count;
  const positions = fields
    .list('initialLog', NODES_MAX)
    .map(({ value, problems }) => resolvePosition(new Fields(value, problems), names));
  refuseTwice(fields, positions);
  if (fields.problems.count === problemsBefore && names.leader !== null)
    refuseAhead(fields, positions, names.leader);
  refuseTooMuch(fields, positions);
  if (positions.length > 0 && shards > 1)
    fields.problems
      .at('initialLog')
      .add(
        'CONFLICTING_SETTINGS',
        'It speaks of one log, and with more than one shard each has its own: leave it out, or set "shards" to 1.',
      );
  return positions;
}

function resolvePosition(fields: Fields, { known }: NodeNames): InitialPosition {
  const position = { node: requiredNode(fields, known), lsn: fields.wholeNumber('lsn', LSN_RULE) };
  fields.end();
  return position;
}

function refuseTwice(fields: Fields, positions: readonly InitialPosition[]): void {
  const seen = new Set<string>();
  positions.forEach(({ node }, index) => {
    if (node !== '' && seen.has(node))
      fields.problems
        .at('initialLog', index, 'node')
        .add('DUPLICATE_NAME', 'The log of this node is given before: give each node one.');
    seen.add(node);
  });
}

function refuseAhead(fields: Fields, positions: readonly InitialPosition[], leader: string): void {
  const ofLeader = positions.find(({ node }) => node === leader)?.lsn ?? 0;
  positions.forEach(({ node, lsn }, index) => {
    if (lsn > ofLeader)
      fields.problems
        .at('initialLog', index, 'lsn')
        .add(
          'OUT_OF_RANGE',
          `"${node}" would be ahead of the leader "${leader}", whose log goes to ${grouped(ofLeader)}: ` +
            'give it no more, or the leader as much.',
        );
  });
}

function refuseTooMuch(fields: Fields, positions: readonly InitialPosition[]): void {
  const entries = positions.reduce((sum, { lsn }) => sum + lsn, 0);
  if (entries > INITIAL_LOG_ENTRIES_MAX)
    fields.problems
      .at('initialLog')
      .add(
        'BUDGET_EXCEEDED',
        `The nodes would begin with ${grouped(entries)} log entries in all; ` +
          `at most ${grouped(INITIAL_LOG_ENTRIES_MAX)} are allowed.`,
      );
}
