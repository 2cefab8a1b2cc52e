import type { Fields, NumberRule } from '../../../model/spec/fields';
import { DURATION_OR_NONE_RULE, DURATION_RULE } from '../../../model/spec/rules';
import {
  DEFAULT_CHECK_INTERVAL_MS,
  DEFAULT_FAILOVER,
  DEFAULT_MOVE_MS,
  DEFAULT_TTL_MS,
  type Redirection,
} from './failover';

const TTL_RULE: NumberRule = { ...DURATION_RULE, default: DEFAULT_TTL_MS };
const MOVE_RULE: NumberRule = { ...DURATION_OR_NONE_RULE, default: DEFAULT_MOVE_MS };
const CHECK_RULE: NumberRule = { ...DURATION_RULE, default: DEFAULT_CHECK_INTERVAL_MS };

type Way = 'dns' | 'virtualIp' | 'proxy';

const WAYS: readonly Way[] = ['dns', 'virtualIp', 'proxy'];

const READERS: Readonly<Record<Way, (fields: Fields) => Redirection>> = {
  dns: (fields) => ({ dns: { ttlMs: fields.number('ttlMs', TTL_RULE) } }),
  virtualIp: (fields) => ({ virtualIp: { moveMs: fields.number('moveMs', MOVE_RULE) } }),
  proxy: (fields) => ({ proxy: { checkIntervalMs: fields.number('checkIntervalMs', CHECK_RULE) } }),
};

/** Completes the one way at the field `redirection` and reports everything that is wrong with it. */
export function resolveRedirection(fields: Fields): Redirection {
  if (!fields.has('redirection')) return DEFAULT_FAILOVER.redirection;
  const ways = fields.inner('redirection');
  const way = ways.variant(WAYS);
  ways.end();
  if (way === null) return DEFAULT_FAILOVER.redirection;
  const inner = ways.inner(way);
  const redirection = READERS[way](inner);
  inner.end();
  return redirection;
}
