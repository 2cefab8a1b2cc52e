import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problems } from '../../../src/model/problem';
import { nodesOf } from '../../../src/model/spec/topology';
import { ACKNOWLEDGEMENT_MODES } from '../../../src/protocols/single-leader/settings/acknowledgement';
import {
  DEFAULT_SINGLE_LEADER,
  leaderOf,
  resolveSettings,
  type SingleLeaderSettings,
} from '../../../src/protocols/single-leader/settings/settings';
import { settingsInput } from './settings-arbitrary';
import { WRONG_SETTINGS } from './wrong-settings';

const datacenters = ['a', 'b'];
const nodes = nodesOf({ datacenters: datacenters.map((name) => ({ name, nodes: 2 })), nodes: null });
const cluster = { nodes, datacenters };

interface Resolution {
  readonly settings: SingleLeaderSettings;
  readonly problems: readonly { readonly place: string; readonly message: string }[];
}

function resolve(input: object, shape = cluster): Resolution {
  const problems = Problems.none();
  const settings = resolveSettings(input, shape, problems);
  return {
    settings,
    problems: problems.all.map(({ path, code, message }) => ({
      place: `${path.join('.')} ${code}`,
      message,
    })),
  };
}

function plain(count: number): typeof cluster {
  return { nodes: nodesOf({ datacenters: [], nodes: count }), datacenters: [] };
}

/** Document 13 of the API, with whole numbers as its scalar hands them over. */
const POSTGRES_LIKE = {
  leader: 'a-1',
  acknowledgement: { mode: 'FIRST', count: 2, standbys: ['a-2', 'b-1', 'b-2'], await: 'REMOTE_APPLY' },
  log: { format: 'ROW', walKeepBytes: 1_073_741_824n, slots: true },
  reads: { policy: 'LAG_BOUNDED', maxLagMs: 5000 },
  failover: {
    heartbeatIntervalMs: 1000,
    misses: 3,
    election: 'MOST_ADVANCED_LSN',
    promotionMs: 1000,
    fencing: 'EPOCH',
    redirection: { dns: { ttlMs: 30_000 } },
  },
  initialLog: [
    { node: 'a-1', lsn: '1020' },
    { node: 'a-2', lsn: 1000n },
    { node: 'b-1', lsn: 950 },
  ],
};

describe('settings of a single leader', () => {
  it('have a default for everything', () => {
    expect(resolve({})).toEqual({ settings: DEFAULT_SINGLE_LEADER, problems: [] });
    expect(DEFAULT_SINGLE_LEADER).toMatchObject({
      acknowledgement: { mode: 'ASYNC', count: 1, timeoutMs: 10_000 },
      reads: { policy: 'LEADER' },
      failover: {
        enabled: true,
        heartbeatIntervalMs: 1000,
        misses: 3,
        election: 'MOST_ADVANCED_LSN',
        promotionMs: 1000,
        fencing: 'EPOCH',
        redirection: { virtualIp: { moveMs: 500 } },
      },
    });
  });

  it('keep what is given, with whole numbers of every spelling as numbers', () => {
    const { settings, problems } = resolve(POSTGRES_LIKE);
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      ...POSTGRES_LIKE,
      log: { format: 'ROW', walKeepBytes: 1_073_741_824, slots: true },
      initialLog: [
        { node: 'a-1', lsn: 1020 },
        { node: 'a-2', lsn: 1000 },
        { node: 'b-1', lsn: 950 },
      ],
    });
  });

  it('are the same when they are resolved once more, or stored and read back', () => {
    fc.assert(
      fc.property(settingsInput(nodes), (input) => {
        const once = resolve(input);
        expect(once.problems).toEqual([]);
        expect(resolve(once.settings)).toEqual(once);
        expect(resolve(JSON.parse(JSON.stringify(once.settings)) as object)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it.each(WRONG_SETTINGS)('are refused with %s, and it says where', (_what, input, expected) => {
    const { problems } = resolve(input);
    expect(problems.map(({ place }) => place)).toEqual(expected.map(([place]) => place));
    expected.forEach(([, part], index) => expect(problems[index].message).toContain(part));
  });

  it.each(['dns', 'virtualIp', 'proxy'])('complete the redirection %s', (way) => {
    const defaults = { dns: { ttlMs: 30_000 }, virtualIp: { moveMs: 500 }, proxy: { checkIntervalMs: 1000 } };
    const { settings } = resolve({ failover: { redirection: { [way]: {} } } });
    expect(settings.failover.redirection).toEqual({ [way]: defaults[way as keyof typeof defaults] });
  });

  it('may turn failover off and leave the rest as it is', () => {
    const { settings, problems } = resolve({ failover: { enabled: false } });
    expect(problems).toEqual([]);
    expect(settings.failover).toEqual({ ...DEFAULT_SINGLE_LEADER.failover, enabled: false });
  });

  it.each([
    [
      'no wait for the address, the promotion, the shot, the token',
      {
        failover: { promotionMs: 0, stonithMs: 0, redirection: { virtualIp: { moveMs: 0 } } },
        reads: { waitMs: 0 },
      },
    ],
    ['a detection time-out of its own', { failover: { timeoutMs: 250 } }],
    ['nothing awaited of the followers', { acknowledgement: { mode: 'ANY', await: 'LOCAL_FLUSH' } }],
    ['the leader among the standbys', { acknowledgement: { mode: 'ANY', standbys: ['a-1', 'a-2'] } }],
    [
      'as many as follow the leader itself',
      { acknowledgement: { mode: 'ANY', count: 2 }, cascading: [{ node: 'b-2', upstream: 'b-1' }] },
    ],
    [
      'a follower that names the leader as its upstream among those',
      { acknowledgement: { mode: 'ANY', count: 3 }, cascading: [{ node: 'b-2', upstream: 'a-1' }] },
    ],
    ['priorities that are not asked for', { failover: { priorities: ['b-1'] } }],
    [
      'a chain of followers',
      {
        cascading: [
          { node: 'b-2', upstream: 'b-1' },
          { node: 'b-1', upstream: 'a-2' },
        ],
      },
    ],
    ['the leader as an upstream', { cascading: [{ node: 'b-1', upstream: 'a-1' }] }],
    ['no log kept', { log: { walKeepBytes: 0 } }],
    ['shards without positions', { shards: 2, initialLog: [] }],
  ])('allow %s', (_what, input) => {
    expect(resolve(input).problems).toEqual([]);
  });

  it('of a node alone wait for nobody', () => {
    expect(resolve({}, plain(1)).problems).toEqual([]);
    expect(resolve({ acknowledgement: { mode: 'SYNC' } }, plain(1)).problems).toEqual([]);
    const { problems } = resolve({ acknowledgement: { mode: 'SEMI_SYNC' } }, plain(1));
    expect(problems.map(({ place }) => place)).toEqual(['acknowledgement OUT_OF_RANGE']);
  });

  it.each(ACKNOWLEDGEMENT_MODES)('may be swept over the mode, %s among them, with standbys', (mode) => {
    const input = { acknowledgement: { mode, count: 2, standbys: ['a-2', 'b-1'] } };
    expect(resolve(input)).toMatchObject({ settings: input, problems: [] });
  });

  it.each<[string, object, string]>([
    ['upstreams', { cascading: [{ node: 'b-2', upstream: 'c-1' }] }, 'cascading.0.upstream UNKNOWN_NAME'],
    ['a leader', { leader: 'c-1', cascading: [{ node: 'b-2', upstream: 'a-1' }] }, 'leader UNKNOWN_NAME'],
  ])('do not count followers by %s that are not there', (_what, wrong, place) => {
    const { problems } = resolve({ acknowledgement: { mode: 'ANY', count: 3 }, ...wrong });
    expect(problems.map((problem) => problem.place)).toEqual([place]);
  });

  it('keep all nodes with all their shards within a thousand logs', () => {
    expect(resolve({ shards: 100 }, plain(10)).problems).toEqual([]);
    expect(resolve({ shards: 1 }, plain(1000)).problems).toEqual([]);
    const { problems } = resolve({ shards: 100 }, plain(11));
    expect(problems).toMatchObject([{ place: 'shards BUDGET_EXCEEDED' }]);
    expect(problems[0].message).toContain('11 nodes would keep 1,100 logs');
  });

  it('do not say who is ahead of a leader that is not there', () => {
    const input = { leader: 'c-1', initialLog: [{ node: 'b-1', lsn: 5 }] };
    expect(resolve(input).problems.map(({ place }) => place)).toEqual(['leader UNKNOWN_NAME']);
  });

  it.each<[string, object, string]>([
    ['the first node', {}, 'a-1'],
    ['the first node of the datacenter that is named', { leaderDatacenter: 'b' }, 'b-1'],
    ['the node that is named', { leader: 'a-2' }, 'a-2'],
  ])('[SL1] %s leads', (_what, input, leader) => {
    expect(nodes[leaderOf(resolve(input).settings, nodes)].name).toBe(leader);
  });
});
