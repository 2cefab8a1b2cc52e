import { DEFAULT_SESSIONS } from './defaults';
import { Fields } from './fields';
import { LIST_ITEMS_MAX, NAME_CHARACTERS_MAX, SESSIONS_MAX } from './limits';
import { resolveArrivals } from './resolve-arrivals';
import { unknownDatacenter } from './unknown-datacenter';
import type { ClientGroupSpec } from './workload';

/** Names of a cluster's datacenters; null where the cluster is not known and they cannot be checked. */
export type KnownDatacenters = readonly string[] | null;

/** The groups at the field `clients` of a workload; perhaps none. */
export function resolveClients(fields: Fields, datacenters: KnownDatacenters): readonly ClientGroupSpec[] {
  return fields
    .list('clients', LIST_ITEMS_MAX)
    .map(({ value, problems }) => resolveClient(new Fields(value, problems), datacenters));
}

function resolveClient(fields: Fields, datacenters: KnownDatacenters): ClientGroupSpec {
  const client = {
    datacenter: resolveDatacenter(fields, datacenters),
    sessions: fields.number('sessions', {
      what: 'a whole number of sessions',
      integer: true,
      min: 1,
      max: SESSIONS_MAX,
      default: DEFAULT_SESSIONS,
    }),
    ...resolveArrivals(fields),
  };
  fields.end();
  return client;
}

function resolveDatacenter(fields: Fields, known: KnownDatacenters): string | null {
  const name = fields.text('datacenter', NAME_CHARACTERS_MAX);
  if (known === null) return name;
  const place = fields.problems.at('datacenter');
  if (name === null && known.length > 0) place.add('REQUIRED', `It is required: say where the clients are.`);
  if (name !== null && !known.includes(name)) place.add('UNKNOWN_NAME', unknownDatacenter(name, known));
  return name;
}
