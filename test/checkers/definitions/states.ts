import type { FinalState, ValueInvariant } from '../../../src/model/observer';
import { compareVersions } from '../../../src/model/version';
import type { Value } from '../../../src/model/value';
import { judged, verdictOf, type Showing, type Told, type Verdict } from './told';

/** DIVERGENCE: nodes end with different versions or values of a key. */
export function divergence({ outline, states, settledAtMs }: Told): Verdict {
  if (states.length < 2) return verdictOf([], 0);
  const keys = Array.from({ length: outline.keys }, (_, key) => key);
  const differing = keys.filter((key) =>
    states.some((one, index) => states.slice(0, index).some((other) => !isAlike(one, other, key))),
  );
  return verdictOf(
    differing.map(() => ({ atMs: settledAtMs, operation: null })),
    keys.length,
  );
}

/** INVARIANT: a value read, or held at the end, below its stated bound. */
export function invariantBroken(told: Told): Verdict {
  const { outline, states, settledAtMs } = told;
  const bounds = Array.from({ length: outline.keys }, (_, key) => boundOf(outline.invariants ?? [], key));
  const reads = judged(told, 'READ').filter(({ key }) => bounds[key] !== null);
  const broken: Showing[] = reads
    .filter(({ key, value }) => isBelow(value, bounds[key]))
    .map(({ completedAtMs, id }) => ({ atMs: completedAtMs, operation: id }));
  let held = 0;
  for (const state of states)
    bounds.forEach((bound, key) => {
      if (bound !== null) held += 1;
      if (isBelow(state.valueFor(key), bound)) broken.push({ atMs: settledAtMs, operation: null });
    });
  return verdictOf(broken, reads.length + held);
}

function isAlike(one: FinalState, other: FinalState, key: number): boolean {
  if (compareVersions(one.versionOf(key), other.versionOf(key)) !== 'EQUAL') return false;
  return String(one.valueFor(key)) === String(other.valueFor(key));
}

/** The strictest of those that cover the key. */
function boundOf(invariants: readonly ValueInvariant[], key: number): number | null {
  const mins = invariants.filter((one) => one.key === null || one.key === key).map(({ min }) => min);
  return mins.length === 0 ? null : Math.max(...mins);
}

function isBelow(value: Value, bound: number | null): boolean {
  return bound !== null && (value === null || typeof value === 'number') && (value ?? 0) < bound;
}
