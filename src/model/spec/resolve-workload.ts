import { listed } from '../nearest-name';
import { DEFAULT_READ_SHARE, DEFAULT_TIMEOUT_MS, DEFAULT_VALUE_BYTES, DEFAULT_WARMUP_MS } from './defaults';
import type { Fields, NumberRule } from './fields';
import { DURATION_MS_MAX, VALUE_BYTES_MAX } from './limits';
import { probeWorkload } from './probe';
import { resolveClients, type KnownDatacenters } from './resolve-clients';
import { resolveInvariants } from './resolve-invariants';
import { resolveKeys } from './resolve-keys';
import { resolveProbe } from './resolve-probe';
import { resolveRetry } from './resolve-retry';
import { resolveValues } from './resolve-values';
import { sameSetting } from './same-setting';
import type { ProbeSpec, WorkloadSpec } from './workload';

const MS: NumberRule = { what: 'a number of milliseconds', max: DURATION_MS_MAX };

/** A workload with all defaults, for a cluster with those datacenters: a load of clients, or a probe. */
export function resolveWorkload(fields: Fields, datacenters: KnownDatacenters): WorkloadSpec {
  const probe = fields.has('probe') ? resolveProbe(fields.inner('probe')) : null;
  const workload =
    probe === null ? resolveLoad(fields, datacenters) : resolveProbing(fields, probe, datacenters);
  fields.end();
  return workload;
}

function resolveLoad(fields: Fields, datacenters: KnownDatacenters): WorkloadSpec {
  const workload = {
    durationMs: fields.number('durationMs', { ...MS, above: 0 }),
    clients: resolveClients(fields, datacenters),
    ...resolveSettings(fields),
    probe: null,
  };
  if (workload.clients.length === 0)
    fields.problems.at('clients').add('REQUIRED', 'Give at least one group of clients, with its rate.');
  return workload;
}

/**
 * A stored probe comes back with all that follows from it, and GraphQL fills in defaults: what a probe decides itself
 * may be there, but it may say nothing else.
 */
function resolveProbing(fields: Fields, probe: ProbeSpec, datacenters: KnownDatacenters): WorkloadSpec {
  const clients = resolveClients(fields, datacenters);
  const settings = resolveSettings(fields);
  const datacenter = datacenters === null ? (clients[0]?.datacenter ?? null) : (datacenters[0] ?? null);
  const workload = probeWorkload({ ...settings, probe, datacenter });
  const given: WorkloadSpec = {
    durationMs: fields.number('durationMs', { ...MS, above: 0, default: workload.durationMs }),
    clients: clients.length === 0 ? workload.clients : clients,
    ...settings,
    probe,
  };
  const names = Object.keys(given) as (keyof WorkloadSpec)[];
  const contradicting = names.filter((name) => !sameSetting(given[name], workload[name]));
  if (contradicting.length > 0)
    fields.problems.add(
      'EXACTLY_ONE_OF',
      `Give either a probe or clients with their load: a probe decides ${listed(contradicting)} itself. Leave the one or the other out.`,
    );
  return workload;
}

function resolveSettings(fields: Fields): Omit<WorkloadSpec, 'durationMs' | 'clients' | 'probe'> {
  const keys = resolveKeys(fields.inner('keys'));
  const values = resolveValues(fields);
  return {
    warmupMs: fields.number('warmupMs', { ...MS, min: 0, default: DEFAULT_WARMUP_MS }),
    readShare: fields.number('readShare', { what: 'a share', min: 0, max: 1, default: DEFAULT_READ_SHARE }),
    keys,
    values,
    invariants: resolveInvariants(fields, { values, keys: keys.count }),
    timeoutMs: fields.number('timeoutMs', { ...MS, above: 0, default: DEFAULT_TIMEOUT_MS }),
    retry: resolveRetry(fields.inner('retry')),
    valueBytes: fields.number('valueBytes', {
      what: 'a whole number of bytes',
      integer: true,
      min: 0,
      max: VALUE_BYTES_MAX,
      default: DEFAULT_VALUE_BYTES,
    }),
  };
}
