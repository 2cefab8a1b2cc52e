import type { Problems } from '../../model/problem';
import type { WorkloadSpec } from '../../model/spec/workload';

/** What a workload may ask for and the engine's clients do not do yet: refused, never approximated. */
export function refuseUnbuilt(place: Problems, { clients, keys, values, retry, probe }: WorkloadSpec): void {
  if (probe !== null) refuse(place.at('probe'));
  for (const [index, { arrivals }] of clients.entries())
    if (probe === null && 'closedLoop' in arrivals)
      refuse(place.at('clients', index, 'arrivals', 'closedLoop'));
  if ('latest' in keys.distribution) refuse(place.at('keys', 'distribution', 'latest'));
  if (!('register' in values) || values.register.deleteShare > 0) refuse(place.at('values'));
  if (retry.attempts > 1) refuse(place.at('retry', 'attempts'));
}

function refuse(place: Problems): void {
  place.add('NOT_SUPPORTED', 'It is not simulated yet: leave it out.');
}
