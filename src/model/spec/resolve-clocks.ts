import type { ClockSpec } from './cluster';
import { Fields } from './fields';
import { NODES_MAX } from './limits';
import { requiredNode, type KnownNodes } from './node-name';
import { CLOCK_OFFSET_RULE, DRIFT_RULE } from './rules';

/** The clocks at the field `clocks` that are not exact; a node that is not named has an exact one. */
export function resolveClocks(fields: Fields, known: KnownNodes): readonly ClockSpec[] {
  const clocks = fields
    .list('clocks', NODES_MAX)
    .map(({ value, problems }) => resolveClock(new Fields(value, problems), known));
  const seen = new Set<string>();
  clocks.forEach(({ node }, index) => {
    if (node !== '' && seen.has(node))
      fields.problems
        .at('clocks', index, 'node')
        .add('DUPLICATE_NAME', 'The clock of this node is given before: give each node one.');
    seen.add(node);
  });
  return clocks;
}

function resolveClock(fields: Fields, known: KnownNodes): ClockSpec {
  const clock = {
    node: requiredNode(fields, known),
    offsetMs: fields.number('offsetMs', CLOCK_OFFSET_RULE),
    driftPpm: fields.number('driftPpm', DRIFT_RULE),
  };
  fields.end();
  return clock;
}
