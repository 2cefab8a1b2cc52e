import type { FinalState } from './observer';
import type { Value } from './value';
import { compareVersions } from './version';

/** Whether all replicas hold the same version of a key, with the same value. */
export function areEqualAt(states: readonly FinalState[], key: number): boolean {
  if (states.length < 2) return true;
  const [first, ...others] = states;
  const version = first.versionOf(key);
  const value = first.valueFor(key);
  return others.every(
    (other) =>
      compareVersions(version, other.versionOf(key)) === 'EQUAL' && areEqual(value, other.valueFor(key)),
  );
}

function areEqual(one: Value, other: Value): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
