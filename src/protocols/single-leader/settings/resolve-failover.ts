import type { Fields, NumberRule } from '../../../model/spec/fields';
import { HEARTBEAT_INTERVAL_MS_MIN, MISSES_MAX, NODES_MAX } from '../../../model/spec/limits';
import { listedNodes } from '../../../model/spec/node-name';
import { DURATION_OR_NONE_RULE, DURATION_RULE } from '../../../model/spec/rules';
import { DEFAULT_FAILOVER, ELECTIONS, FENCINGS, type Election, type FailoverSettings } from './failover';
import type { NodeNames } from './node-names';
import { resolveRedirection } from './resolve-redirection';

const HEARTBEAT_RULE: NumberRule = {
  ...DURATION_RULE,
  above: undefined,
  min: HEARTBEAT_INTERVAL_MS_MIN,
  default: DEFAULT_FAILOVER.heartbeatIntervalMs,
};
const MISSES_RULE: NumberRule = {
  what: 'a whole number of heartbeats',
  integer: true,
  min: 1,
  max: MISSES_MAX,
  default: DEFAULT_FAILOVER.misses,
};
const PROMOTION_RULE: NumberRule = { ...DURATION_OR_NONE_RULE, default: DEFAULT_FAILOVER.promotionMs };
const STONITH_RULE: NumberRule = { ...DURATION_OR_NONE_RULE, default: DEFAULT_FAILOVER.stonithMs };
const STONITH_RESTART_RULE: NumberRule = { ...DURATION_RULE, default: DEFAULT_FAILOVER.stonithRestartMs };

/** Completes the settings of one object of an untrusted input and reports everything that is wrong with them. */
export function resolveFailover(fields: Fields, names: NodeNames): FailoverSettings {
  const election = resolveElection(fields);
  const settings: FailoverSettings = {
    enabled: fields.flag('enabled', { otherwise: DEFAULT_FAILOVER.enabled }),
    heartbeatIntervalMs: fields.number('heartbeatIntervalMs', HEARTBEAT_RULE),
    misses: fields.number('misses', MISSES_RULE),
    timeoutMs: fields.has('timeoutMs') ? fields.number('timeoutMs', DURATION_RULE) : null,
    visibilityConsensus: fields.flag('visibilityConsensus', {
      otherwise: DEFAULT_FAILOVER.visibilityConsensus,
    }),
    election,
    priorities: resolvePriorities(fields, election, names),
    promotionMs: fields.number('promotionMs', PROMOTION_RULE),
    fencing: fields.oneOf('fencing', FENCINGS, DEFAULT_FAILOVER.fencing),
    stonithMs: fields.number('stonithMs', STONITH_RULE),
    stonithRestartMs: fields.number('stonithRestartMs', STONITH_RESTART_RULE),
    redirection: resolveRedirection(fields),
  };
  fields.end();
  return settings;
}

function resolveElection(fields: Fields): Election {
  const election = fields.oneOf('election', ELECTIONS, DEFAULT_FAILOVER.election);
  if (election !== 'VOTES') return election;
  fields.problems
    .at('election')
    .add(
      'NOT_SUPPORTED',
      'Votes are how Raft elects ("replication.raft"), which is not built yet; choose "MOST_ADVANCED_LSN" or "PRIORITY".',
    );
  return DEFAULT_FAILOVER.election;
}

/** Other elections do not read them: a sweep may go over all elections and leave them where they are. */
function resolvePriorities(fields: Fields, election: Election, { known }: NodeNames): readonly string[] {
  const given = fields.optional('priorities');
  if (election === 'PRIORITY' && (given === null || (Array.isArray(given) && given.length === 0)))
    fields.problems
      .at('priorities')
      .add('REQUIRED', 'PRIORITY needs them: give the names of one or more nodes, the first best.');
  return listedNodes(fields, 'priorities', { itemsMax: NODES_MAX, known });
}
