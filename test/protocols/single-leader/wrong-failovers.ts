import { wrongInside, type ExpectedProblem, type WrongRow } from './wrong-row';

/** Of the nodes a-1, a-2, b-1, b-2. */
export const WRONG_FAILOVERS: readonly WrongRow[] = [
  ...failover('a number for a flag', { enabled: 0 }, ['enabled WRONG_TYPE', 'true or false']),
  ...failover('no heartbeat', { heartbeatIntervalMs: 0 }, [
    'heartbeatIntervalMs OUT_OF_RANGE',
    'from 0.1 to',
  ]),
  ...failover('no miss', { misses: 0 }, ['misses OUT_OF_RANGE', 'from 1 to 1,000']),
  ...failover('half a miss', { misses: 2.5 }, ['misses OUT_OF_RANGE', 'whole']),
  ...failover('a time-out of 0', { timeoutMs: 0 }, ['timeoutMs OUT_OF_RANGE', 'above 0']),
  ...failover('votes', { election: 'VOTES' }, ['election NOT_SUPPORTED', '"replication.raft"']),
  ...failover('an unknown election', { election: 'PRIORITIES' }, ['election UNKNOWN_NAME', '"PRIORITY"']),
  ...failover('no priorities', { election: 'PRIORITY' }, ['priorities REQUIRED', 'the first best']),
  ...failover('empty priorities', { election: 'PRIORITY', priorities: [] }, [
    'priorities REQUIRED',
    'one or more nodes',
  ]),
  ...failover('an unknown priority', { election: 'PRIORITY', priorities: ['b-1', 'x'] }, [
    'priorities.1 UNKNOWN_NAME',
    'known are "a-1"',
  ]),
  ...failover('a priority twice', { election: 'PRIORITY', priorities: ['b-1', 'b-1'] }, [
    'priorities.1 DUPLICATE_NAME',
    'name it once',
  ]),
  ...failover('a promotion before its time', { promotionMs: -1 }, ['promotionMs OUT_OF_RANGE', 'from 0']),
  ...failover('an unknown fence', { fencing: 'WALL' }, ['fencing UNKNOWN_NAME', '"STONITH"']),
  ...failover('a shot that takes no time to recover from', { stonithRestartMs: 0 }, [
    'stonithRestartMs OUT_OF_RANGE',
    'above 0',
  ]),
  ...failover('no redirection', { redirection: {} }, ['redirection EXACTLY_ONE_OF', 'got none']),
  ...failover('two redirections', { redirection: { dns: {}, proxy: {} } }, [
    'redirection EXACTLY_ONE_OF',
    'got "dns", "proxy"',
  ]),
  ...failover(
    'an unknown redirection',
    { redirection: { vip: {} } },
    ['redirection EXACTLY_ONE_OF', 'got none'],
    ['redirection.vip UNKNOWN_FIELD', '"virtualIp"'],
  ),
  ...failover('a record that nobody keeps', { redirection: { dns: { ttlMs: 0 } } }, [
    'redirection.dns.ttlMs OUT_OF_RANGE',
    'above 0',
  ]),
  ...failover('an address that moves before its time', { redirection: { virtualIp: { moveMs: -1 } } }, [
    'redirection.virtualIp.moveMs OUT_OF_RANGE',
    'from 0',
  ]),
  ...failover('a proxy that always looks', { redirection: { proxy: { checkIntervalMs: 0 } } }, [
    'redirection.proxy.checkIntervalMs OUT_OF_RANGE',
    'above 0',
  ]),
  ...failover('a setting of another redirection', { redirection: { dns: { moveMs: 1 } } }, [
    'redirection.dns.moveMs UNKNOWN_FIELD',
    '"ttlMs"',
  ]),
];

function failover(what: string, settings: object, ...expected: readonly ExpectedProblem[]): WrongRow[] {
  return wrongInside('failover', what, settings, expected);
}
