import type { FinalState, RunOutline } from '../../model/observer';
import type { Value } from '../../model/value';
import { compareVersions } from '../../model/version';
import { time, versionName } from '../wording';

interface Diverged {
  readonly states: readonly FinalState[];
  readonly key: number;
  readonly atMs: number;
}

/** More than these are counted, not named. */
const NODES_NAMED = 5;
const HOLDINGS_NAMED = 5;
const ITEMS_NAMED = 10;

/** What each replica holds; it is wrong that it is not the same. */
export function explainDivergence(outline: RunOutline, { states, key, atMs }: Diverged): string {
  const sameVersion = states.every(
    (state) => compareVersions(state.versionOf(key), states[0].versionOf(key)) === 'EQUAL',
  );
  const groups = [...holders(states, key, sameVersion)].sort((one, other) => one[1].length - other[1].length);
  const named = groups.slice(0, HOLDINGS_NAMED).map(
    ([holding, nodes]) =>
      `${listed(
        nodes.map((node) => outline.nodes[node]),
        NODES_NAMED,
      )}: ${holding}`,
  );
  const more = groups.length > named.length ? `; and ${groups.length - named.length} more` : '';
  const why = sameVersion ? ' They say that it is the same version, and it is not the same value.' : '';
  return (
    `At the end of the run, when settling was over at ${time(atMs)}, the replicas held different things for ` +
    `${outline.keyName(key)}: ${named.join('; ')}${more}.${why} They should all hold the same.`
  );
}

/** Nodes by what they hold, in words; the rarest first tell who is wrong. */
function holders(states: readonly FinalState[], key: number, sameVersion: boolean): Map<string, number[]> {
  const holdings = new Map<string, number[]>();
  for (const state of states) {
    const version = versionName(state.versionOf(key));
    const holding = sameVersion ? `${version} ${valueName(state.valueFor(key))}` : version;
    holdings.set(holding, [...(holdings.get(holding) ?? []), state.node]);
  }
  return holdings;
}

function valueName(value: Value): string {
  if (value === null) return 'without a value';
  if (typeof value === 'number') return `with the value ${value}`;
  return `with ${value.length} items (${listed(value.map(String), ITEMS_NAMED)})`;
}

function listed(names: readonly string[], most: number): string {
  const others = names.length - most;
  return names.slice(0, most).join(', ') + (others > 0 ? ` and ${others} more` : '');
}
