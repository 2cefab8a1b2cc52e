import type { Problems } from '../../model/problem';
import type { WorkloadSpec } from '../../model/spec/workload';

/** What a workload may ask for and the engine's clients do not do yet: refused, never approximated. */
export function refuseUnbuilt(place: Problems, { probe }: WorkloadSpec): void {
  if (probe !== null) place.at('probe').add('NOT_SUPPORTED', 'It is not simulated yet: leave it out.');
}
