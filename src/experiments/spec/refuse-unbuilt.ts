import type { Problems } from '../../model/problem';
import type { WorkloadSpec } from '../../model/spec/workload';

/** What a workload may ask for and the engine's clients do not do yet: refused, never approximated. */
export function refuseUnbuilt(place: Problems, { values, probe }: WorkloadSpec): void {
  const refuse = (isAsked: boolean, where: Problems): void => {
    if (isAsked) where.add('NOT_SUPPORTED', 'It is not simulated yet: leave it out.');
  };
  const isPlain = 'register' in values && values.register.deleteShare === 0;
  refuse(probe !== null, place.at('probe'));
  refuse(!isPlain, place.at('values'));
}
