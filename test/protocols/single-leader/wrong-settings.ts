import { WRONG_FAILOVERS } from './wrong-failovers';
import { wrongInside, type ExpectedProblem, type WrongRow } from './wrong-row';

/** Of a cluster a-1, a-2, b-1, b-2. */
export const WRONG_SETTINGS: readonly WrongRow[] = [
  [
    'two leaders',
    { leader: 'b-1', leaderDatacenter: 'b' },
    [[' EXACTLY_ONE_OF', 'without either the first node leads']],
  ],
  [
    'an unknown datacenter',
    { leaderDatacenter: 'c' },
    [['leaderDatacenter UNKNOWN_NAME', 'known are "a", "b"']],
  ],
  [
    'a standby that gets the log from another follower',
    {
      acknowledgement: { mode: 'ANY', standbys: ['b-2'] },
      cascading: [{ node: 'b-2', upstream: 'a-2' }],
    },
    [['acknowledgement OUT_OF_RANGE', 'and there is none']],
  ],
  ['an unknown node', { leader: 'a-9' }, [['leader UNKNOWN_NAME', 'Did you mean "a-1"?']]],
  ['a name that is no text', { leader: 5 }, [['leader WRONG_TYPE', 'must be a text; got 5']]],
  ['an unknown setting', { leadr: 'a-1' }, [['leadr UNKNOWN_FIELD', 'Did you mean "leader"?']]],
  ['a list for everything', [], [[' WRONG_TYPE', 'must be an object']]],
  ['a text for an object', { reads: 'LEADER' }, [['reads WRONG_TYPE', 'must be an object']]],

  ...acknowledgement('an unknown mode', { mode: 'ASYN' }, ['mode UNKNOWN_NAME', 'Did you mean "ASYNC"?']),
  ...acknowledgement('nobody to wait for', { count: 0 }, ['count OUT_OF_RANGE', 'from 1 to 3; got 0']),
  ...acknowledgement('half a follower', { mode: 'ANY', count: 1.5 }, ['count OUT_OF_RANGE', 'got 1.5']),
  ...acknowledgement('more than all followers', { mode: 'SEMI_SYNC', count: 4 }, [
    'count OUT_OF_RANGE',
    'a whole number of followers to wait for, of those that get the log from the leader itself, from 1 to 3; got 4',
  ]),
  ...acknowledgement('more than the standbys', { mode: 'FIRST', count: 3, standbys: ['a-2', 'b-1'] }, [
    'count OUT_OF_RANGE',
    'from 1 to 2; got 3',
  ]),
  ...acknowledgement('the leader counted as a standby', { mode: 'ANY', count: 2, standbys: ['a-1', 'b-1'] }, [
    'count OUT_OF_RANGE',
    'from 1 to 1; got 2',
  ]),
  ...acknowledgement('the leader as the only standby', { mode: 'ANY', standbys: ['a-1'] }, [
    ' OUT_OF_RANGE',
    'followers that get the log from the leader itself, and there is none',
  ]),
  ...acknowledgement('no standby', { mode: 'ANY', standbys: [] }, [
    'standbys OUT_OF_RANGE',
    'leave it out to mean all',
  ]),
  ...acknowledgement('an unknown standby', { mode: 'ANY', count: 2, standbys: ['b-1', 'b-3'] }, [
    'standbys.1 UNKNOWN_NAME',
    'Did you mean "b-1"?',
  ]),
  ...acknowledgement('a standby twice', { mode: 'FIRST', count: 2, standbys: ['b-1', 'b-1'] }, [
    'standbys.1 DUPLICATE_NAME',
    'name it once',
  ]),
  ...acknowledgement('a number among the standbys', { mode: 'FIRST', standbys: [1] }, [
    'standbys.0 WRONG_TYPE',
    'the name of a node',
  ]),
  ...acknowledgement('an unknown word for what is awaited', { await: 'REMOTE_FLASH' }, [
    'await UNKNOWN_NAME',
    'Did you mean "REMOTE_FLUSH"?',
  ]),
  ...acknowledgement('an unknown wait point', { waitPoint: 'NEVER' }, [
    'waitPoint UNKNOWN_NAME',
    '"AFTER_SYNC"',
  ]),
  ...acknowledgement('a time-out of 0', { timeoutMs: 0 }, ['timeoutMs OUT_OF_RANGE', 'above 0']),

  ...log('an unknown format', { format: 'ROWS' }, ['format UNKNOWN_NAME', 'Did you mean "ROW"?']),
  ...log('a share below 0', { nonDeterministicShare: -0.1 }, [
    'nonDeterministicShare OUT_OF_RANGE',
    'a share from 0 to 1',
  ]),
  ...log('a share above 1', { nonDeterministicShare: 1.0000001 }, [
    'nonDeterministicShare OUT_OF_RANGE',
    'got 1.0000001',
  ]),
  ...log('no row', { rowsPerWrite: 0 }, ['rowsPerWrite OUT_OF_RANGE', 'from 1 to 10,000']),
  ...log('too many rows', { rowsPerWrite: 10_001 }, ['rowsPerWrite OUT_OF_RANGE', 'got 10001']),
  ...log('half a byte', { walKeepBytes: 0.5 }, ['walKeepBytes OUT_OF_RANGE', 'a whole number of bytes']),
  ...log('bytes below 0', { walKeepBytes: '-1' }, [
    'walKeepBytes OUT_OF_RANGE',
    'from 0 to 9,007,199,254,740,991',
  ]),
  ...log('bytes beyond 2⁵³', { walKeepBytes: 9_007_199_254_740_993n }, [
    'walKeepBytes OUT_OF_RANGE',
    'got 9007199254740992',
  ]),
  ...log('bytes in words', { walKeepBytes: '1 GB' }, ['walKeepBytes WRONG_TYPE', 'got "1 GB"']),
  ...log('a text for a flag', { slots: 'yes' }, ['slots WRONG_TYPE', 'must be true or false; got "yes"']),
  ...log('a copy that stands still', { copyBytesPerSecond: 0 }, [
    'copyBytesPerSecond OUT_OF_RANGE',
    'above 0',
  ]),

  ['an unknown policy', { reads: { policy: 7 } }, [['reads.policy UNKNOWN_NAME', 'got 7']]],
  ['an unknown setting inside', { reads: { polcy: 'LEADER' } }, [['reads.polcy UNKNOWN_FIELD', '"policy"']]],
  [
    'durations of reads that are none',
    { reads: { maxLagMs: 0, windowMs: -1, waitMs: -1 } },
    [
      ['reads.maxLagMs OUT_OF_RANGE', 'from 0.1 to'],
      ['reads.windowMs OUT_OF_RANGE', 'above 0'],
      ['reads.waitMs OUT_OF_RANGE', 'from 0'],
    ],
  ],

  ...WRONG_FAILOVERS,

  ...cascading(
    'an unknown follower',
    [{ node: 'c-1', upstream: 'a-2' }],
    ['0.node UNKNOWN_NAME', 'no such node'],
  ),
  ...cascading(
    'an unknown upstream',
    [{ node: 'b-1', upstream: 'c-1' }],
    ['0.upstream UNKNOWN_NAME', 'no such node'],
  ),
  ...cascading('no upstream', [{ node: 'b-1' }], ['0.upstream REQUIRED', 'give a text']),
  ...cascading(
    'a leader that follows',
    [{ node: 'a-1', upstream: 'a-2' }],
    ['0.node CONFLICTING_SETTINGS', '"a-1" leads and gets the log from nobody'],
  ),
  ...cascading(
    'two upstreams',
    [
      { node: 'b-2', upstream: 'b-1' },
      { node: 'b-2', upstream: 'a-2' },
    ],
    ['1.node DUPLICATE_NAME', 'give each node one'],
  ),
  ...cascading(
    'a node above itself',
    [{ node: 'b-1', upstream: 'b-1' }],
    ['0.upstream CONFLICTING_SETTINGS', '"b-1" would get the log'],
  ),
  ...cascading(
    'a circle',
    [
      { node: 'a-2', upstream: 'b-1' },
      { node: 'b-1', upstream: 'b-2' },
      { node: 'b-2', upstream: 'a-2' },
    ],
    ['2.upstream CONFLICTING_SETTINGS', '"b-2", "a-2", "b-1" would get the log from one another in a circle'],
  ),

  ['no shard', { shards: 0 }, [['shards OUT_OF_RANGE', 'from 1 to 100']]],
  ['half a shard', { shards: 1.5 }, [['shards OUT_OF_RANGE', 'whole']]],
  ['too many shards', { shards: 101 }, [['shards OUT_OF_RANGE', 'from 1 to 100']]],
  ['an unknown causality', { causality: 'TRACED' }, [['causality UNKNOWN_NAME', 'Did you mean "TRACKED"?']]],

  ...initialLog('an unknown node', [{ node: 'c-1', lsn: 1 }], ['0.node UNKNOWN_NAME', 'no such node']),
  ...initialLog('no position', [{ node: 'a-1' }], ['0.lsn REQUIRED', 'a whole number from 0 to 10,000,000']),
  ...initialLog('half a position', [{ node: 'a-1', lsn: 0.5 }], ['0.lsn OUT_OF_RANGE', 'got 0.5']),
  ...initialLog(
    'a position in words',
    [{ node: 'a-1', lsn: '0/3000060' }],
    ['0.lsn WRONG_TYPE', 'got "0/3000060"'],
  ),
  ...initialLog(
    'a position too far',
    [{ node: 'a-1', lsn: '10000001' }],
    ['0.lsn OUT_OF_RANGE', 'got 10000001'],
  ),
  ...initialLog(
    'a node twice',
    [
      { node: 'a-1', lsn: 5 },
      { node: 'a-1', lsn: 4 },
    ],
    ['1.node DUPLICATE_NAME', 'give each node one'],
  ),
  ...initialLog(
    'a follower ahead of its leader',
    [
      { node: 'a-1', lsn: 1020 },
      { node: 'b-1', lsn: 1021 },
    ],
    ['1.lsn OUT_OF_RANGE', '"b-1" would be ahead of the leader "a-1", whose log goes to 1,020'],
  ),
  ...initialLog(
    'a follower ahead of an empty leader',
    [{ node: 'b-1', lsn: 1 }],
    ['0.lsn OUT_OF_RANGE', 'whose log goes to 0'],
  ),
  ...initialLog(
    'too many entries in all',
    ['a-1', 'a-2', 'b-1'].map((node) => ({ node, lsn: 4_000_000 })),
    [' BUDGET_EXCEEDED', '12,000,000 log entries in all; at most 10,000,000'],
  ),
  [
    'one log and many shards',
    { shards: 2, initialLog: [{ node: 'a-1', lsn: 7 }] },
    [['initialLog CONFLICTING_SETTINGS', 'set "shards" to 1']],
  ],

  [
    'several problems at once',
    {
      leader: 'x',
      acknowledgement: { mode: 'SYNC', count: 0 },
      log: { slots: 1 },
      reads: { policy: 'NOBODY' },
      failover: { misses: 0 },
      shards: 0,
      initialLog: [{ node: 'b-1', lsn: 5 }],
    },
    [
      ['leader UNKNOWN_NAME', 'There is no "x"'],
      ['shards OUT_OF_RANGE', 'got 0'],
      ['acknowledgement.count OUT_OF_RANGE', 'got 0'],
      ['log.slots WRONG_TYPE', 'got 1'],
      ['reads.policy UNKNOWN_NAME', 'got "NOBODY"'],
      ['failover.misses OUT_OF_RANGE', 'got 0'],
    ],
  ],
];

function acknowledgement(
  what: string,
  settings: object,
  ...expected: readonly ExpectedProblem[]
): WrongRow[] {
  return wrongInside('acknowledgement', what, settings, expected);
}

function log(what: string, settings: object, ...expected: readonly ExpectedProblem[]): WrongRow[] {
  return wrongInside('log', what, settings, expected);
}

function cascading(
  what: string,
  entries: readonly object[],
  ...expected: readonly ExpectedProblem[]
): WrongRow[] {
  return wrongInside('cascading', what, entries, expected);
}

function initialLog(
  what: string,
  entries: readonly object[],
  ...expected: readonly ExpectedProblem[]
): WrongRow[] {
  return wrongInside('initialLog', what, entries, expected);
}
