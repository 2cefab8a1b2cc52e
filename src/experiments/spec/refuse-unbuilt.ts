import type { Problems } from '../../model/problem';
import type { WorkloadSpec } from '../../model/spec/workload';

/** What a workload may ask for and the engine's clients do not do yet: refused, never approximated. */
export function refuseUnbuilt(place: Problems, { values, probe }: WorkloadSpec): void {
  if (probe !== null) refuse(place.at('probe'));
  if (!('register' in values) || values.register.deleteShare > 0) refuse(place.at('values'));
}

function refuse(place: Problems): void {
  place.add('NOT_SUPPORTED', 'It is not simulated yet: leave it out.');
}
