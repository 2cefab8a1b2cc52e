import type { Problems } from '../problem';
import { grouped } from '../text';
import {
  DEFAULT_KEY_COUNT,
  DEFAULT_KEY_DISTRIBUTION,
  DEFAULT_READ_SHARE,
  DEFAULT_SESSIONS,
  DEFAULT_TIMEOUT_MS,
  DEFAULT_VALUE_BYTES,
  DEFAULT_WARMUP_MS,
  DEFAULT_ZIPFIAN_EXPONENT,
} from './defaults';
import { Fields, type NumberRule } from './fields';
import {
  DURATION_MS_MAX,
  KEYS_MAX,
  LIST_ITEMS_MAX,
  NAME_CHARACTERS_MAX,
  OPERATIONS_PER_RUN_MAX,
  RATE_PER_SECOND_MAX,
  SESSIONS_MAX,
  VALUE_BYTES_MAX,
  ZIPFIAN_EXPONENT_MAX,
} from './limits';
import { unknownDatacenter } from './unknown-datacenter';
import type { ClientGroupSpec, KeyDistribution, KeySpec, WorkloadSpec } from './workload';

const MS: NumberRule = { what: 'a number of milliseconds', max: DURATION_MS_MAX };

/** Names of a cluster's datacenters; null where the cluster is not known and they cannot be checked. */
type KnownDatacenters = readonly string[] | null;

/** A workload with all defaults, for a cluster with those datacenters. */
export function resolveWorkload(fields: Fields, datacenters: KnownDatacenters): WorkloadSpec {
  const workload = {
    durationMs: fields.number('durationMs', { ...MS, above: 0 }),
    warmupMs: fields.number('warmupMs', { ...MS, min: 0, default: DEFAULT_WARMUP_MS }),
    clients: resolveClients(fields, datacenters),
    readShare: fields.number('readShare', { what: 'a share', min: 0, max: 1, default: DEFAULT_READ_SHARE }),
    keys: resolveKeys(fields.inner('keys')),
    timeoutMs: fields.number('timeoutMs', { ...MS, above: 0, default: DEFAULT_TIMEOUT_MS }),
    valueBytes: fields.number('valueBytes', {
      what: 'a whole number of bytes',
      integer: true,
      min: 0,
      max: VALUE_BYTES_MAX,
      default: DEFAULT_VALUE_BYTES,
    }),
  };
  fields.end();
  refuseTooManyOperations(fields.problems, workload);
  return workload;
}

/** How many operations a run is expected to have, warm-up included. */
export function expectedOperations({ durationMs, warmupMs, clients }: WorkloadSpec): number {
  const perSecond = clients.reduce((sum, client) => sum + client.ratePerSecond, 0);
  return (perSecond * (durationMs + warmupMs)) / 1000;
}

function refuseTooManyOperations(problems: Problems, workload: WorkloadSpec): void {
  const expected = expectedOperations(workload);
  if (expected > OPERATIONS_PER_RUN_MAX)
    problems.add(
      'BUDGET_EXCEEDED',
      `A run would have about ${grouped(Math.round(expected))} operations (rate × duration); ` +
        `at most ${grouped(OPERATIONS_PER_RUN_MAX)} are allowed. Lower a rate or the duration.`,
    );
}

function resolveClients(fields: Fields, datacenters: KnownDatacenters): readonly ClientGroupSpec[] {
  const items = fields.list('clients', LIST_ITEMS_MAX);
  if (items.length === 0)
    fields.problems.at('clients').add('REQUIRED', 'Give at least one group of clients, with its rate.');
  return items.map(({ value, problems }) => resolveClient(new Fields(value, problems), datacenters));
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
    ratePerSecond: fields.number('ratePerSecond', {
      what: 'a number of operations per second',
      above: 0,
      max: RATE_PER_SECOND_MAX,
    }),
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

function resolveKeys(fields: Fields): KeySpec {
  const count = fields.number('count', {
    what: 'a whole number of keys',
    integer: true,
    min: 1,
    max: KEYS_MAX,
    default: DEFAULT_KEY_COUNT,
  });
  const distribution = fields.has('distribution')
    ? resolveKeyDistribution(fields.inner('distribution'), count)
    : DEFAULT_KEY_DISTRIBUTION;
  fields.end();
  return { count, distribution };
}

function resolveKeyDistribution(fields: Fields, keys: number): KeyDistribution {
  const variant = fields.variant(['uniform', 'zipfian']);
  const law = variant === 'zipfian' ? zipfian(fields.inner(variant)) : uniform(fields, keys);
  fields.end();
  return law;
}

function zipfian(fields: Fields): KeyDistribution {
  const exponent = fields.number('exponent', {
    what: 'an exponent',
    min: 0,
    max: ZIPFIAN_EXPONENT_MAX,
    default: DEFAULT_ZIPFIAN_EXPONENT,
  });
  fields.end();
  return { zipfian: { exponent } };
}

function uniform(parent: Fields, keys: number): KeyDistribution {
  const fields = parent.inner('uniform');
  const firstKey = fields.number('firstKey', {
    what: 'the index of a key',
    integer: true,
    min: 0,
    max: keys - 1,
    default: 0,
  });
  fields.end();
  return { uniform: { firstKey } };
}
