import type { FinalState } from './observer';
import type { Value } from './value';
import { compareVersions } from './version';

/** Whether all replicas hold the same version of a key, with the same value. */
export function areEqualAt(states: readonly FinalState[], key: number): boolean {
  if (states.length < 2) return true;
  const version = states[0].versionOf(key);
  const value = states[0].valueFor(key);
  for (let index = 1; index < states.length; index++) {
    const other = states[index];
    if (compareVersions(version, other.versionOf(key)) !== 'EQUAL') return false;
    if (!areEqual(value, other.valueFor(key))) return false;
  }
  return true;
}

function areEqual(one: Value, other: Value): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
