import { describe, expect, it } from '@jest/globals';
import { clusterInput, pairInput } from '../../support/submissions';
import { warned, warningCodes } from '../../support/warned';

/** seoul-1 leads, tokyo-1 and tokyo-2 follow: an election needs both. */
const pair = (failover: object) => pairInput({ replication: { singleLeader: { failover } } });
const alone = clusterInput({ nodes: 1 });
const OFF = pair({ enabled: false });
const MEANS = { meanTimeToFailureMs: 10_000, meanTimeToRepairMs: 5000 };
const LONG = { atMs: 1, durationMs: 5000 };
const crash = (node: string, restartAfterMs: number | null = null, atMs = 1) => ({
  crash: { node, atMs, restartAfterMs },
});
const placed = { durationMs: 100_000, clients: [{ datacenter: 'seoul', ratePerSecond: 100 }] };
const plain = { durationMs: 100_000, clients: [{ ratePerSecond: 100 }] };

const GOES_DOWN: readonly (readonly [string, object])[] = [
  ['a crash', { faults: [crash('seoul-1')] }],
  ['an outage of its datacenter', { faults: [{ datacenterOutage: { datacenter: 'seoul', ...LONG } }] }],
  ['an upgrade of all nodes', { faults: [{ rollingUpgrade: { atMs: 1, downMs: 5000, betweenMs: 9 } }] }],
  ['a nemesis that crashes', { nemesis: { ...MEANS, kinds: ['CRASH'] } }],
  ['a nemesis of datacenters', { nemesis: { ...MEANS, kinds: ['DATACENTER_OUTAGE'] } }],
];

describe('warnings of failover', () => {
  it.each(GOES_DOWN)('tell that nobody replaces a leader if failover is off: %s', async (_what, changes) => {
    expect(await warningCodes({ cluster: OFF, ...changes })).toEqual(['NO_FAILOVER']);
    expect(await warningCodes(changes)).toEqual([]);
  });

  it('tell nothing of followers that go down', async () => {
    expect(await warningCodes({ cluster: OFF, faults: [crash('tokyo-1')] })).toEqual([]);
    const nemesis = { ...MEANS, kinds: ['CRASH', 'PAUSE'], nodes: ['tokyo-1'] };
    expect(await warningCodes({ cluster: OFF, nemesis })).toEqual([]);
  });

  it('tell that a leader alone has no successor', async () => {
    const [warning] = await warned({ cluster: alone, workload: plain, faults: [crash('node-1')] });
    expect(warning).toEqual({
      code: 'NO_FAILOVER',
      message:
        'node-1 leads and will go down: it has no follower that could take its place, so writes wait until it is back.',
    });
  });

  it('tell that too few are left to elect', async () => {
    const both = [crash('tokyo-2', 20_000), crash('seoul-1', null, 10_000)];
    const [warning] = await warned({ faults: both });
    expect(warning.code).toBe('NO_FAILOVER');
    expect(warning.message).toContain('an election needs 2 of its followers, and 1 will be up then');
    const apart = [crash('tokyo-2', 5000), crash('seoul-1', null, 10_000)];
    expect(await warningCodes({ faults: apart })).toEqual([]);
  });

  it('know that only those who follow the leader itself elect', async () => {
    const cascading = [{ node: 'tokyo-2', upstream: 'tokyo-1' }];
    const cluster = pairInput({ replication: { singleLeader: { cascading } } });
    const down = (node: string) => ({
      cluster,
      faults: [crash(node, 20_000), crash('seoul-1', null, 10_000)],
    });
    expect(await warningCodes(down('tokyo-2'))).toEqual([]);
    const [warning] = await warned(down('tokyo-1'));
    expect(warning.message).toContain('an election needs 1 of its followers, and 0 will be up then');
  });

  it.each<[string, object, string | null]>([
    [
      'a single miss',
      { misses: 1 },
      'after 1,000 ms without a sign of life, and it shows one every 1,000 ms',
    ],
    ['a time-out above the interval', { timeoutMs: 1001 }, null],
    [
      'a time-out that the first sign of life cannot keep',
      { heartbeatIntervalMs: 1, timeoutMs: 15 },
      'the first one takes at least 15 ms to tokyo-1',
    ],
    ['one that it can keep, and each later one too', { heartbeatIntervalMs: 10, timeoutMs: 15.1 }, null],
    ['a single miss where nobody acts on it', { misses: 1, enabled: false }, null],
  ])('say why a sound leader is declared dead: %s', async (_what, failover, reason) => {
    const warnings = await warned({ cluster: pair(failover) });
    expect(warnings.map(({ code }) => code)).toEqual(reason === null ? [] : ['DETECTION_BELOW_HEARTBEAT']);
    expect(warnings[0]?.message ?? '').toContain(reason ?? '');
  });

  it('know that a bound on the lag has signs of life come more often', async () => {
    const settings = { failover: { misses: 1 }, reads: { policy: 'LAG_BOUNDED', maxLagMs: 3900 } };
    const cluster = pairInput({ replication: { singleLeader: settings } });
    expect(await warningCodes({ cluster })).toEqual([]);
  });

  it.each([
    ['a crash', crash('seoul-1', 2999)],
    ['a crash that a restart ends', crash('seoul-1'), { restart: { node: 'seoul-1', atMs: 3000 } }],
    ['an outage', { datacenterOutage: { datacenter: 'seoul', atMs: 1, durationMs: 2999 } }],
    ['an upgrade', { rollingUpgrade: { nodes: ['seoul-1'], atMs: 1, downMs: 2999, betweenMs: 0 } }],
    ['a pause', { pause: { node: 'seoul-1', atMs: 1, durationMs: 2999 } }],
    ['an isolation of the node', { isolate: { node: 'seoul-1', atMs: 1, healAfterMs: 2999 } }],
    ['an isolation of its datacenter', { isolate: { datacenter: 'seoul', atMs: 1, healAfterMs: 2999 } }],
  ])('tell that the leader is not given up by the time it is back: %s', async (_what, ...faults) => {
    expect(await warningCodes({ faults })).toEqual(['FAULT_BELOW_DETECTION']);
    expect(await warningCodes({ faults, cluster: pair({ timeoutMs: 2999 }) })).toEqual([]);
  });

  it('say whether a failover may still happen', async () => {
    const messageOf = async (lastsMs: number) =>
      (await warned({ faults: [crash('seoul-1', lastsMs)] }))[0].message;
    expect(await messageOf(2000)).toBe(
      'Fault 1 (crash) silences the leader for 2,000 ms, and it counts as dead after 3,000 ms without a heartbeat: ' +
        'no failover will happen.',
    );
    expect(await messageOf(2001)).toContain('a failover happens only if the last heartbeat is old enough');
  });

  it('tell nothing of what comes after a failover: who leads then is not known', async () => {
    const faults = [crash('seoul-1', 5000), crash('seoul-1', 100, 10_000)];
    expect(await warningCodes({ faults })).toEqual([]);
    expect(await warningCodes({ faults: [...faults].reverse() })).toEqual([]);
  });

  it('tell nothing of faults that only followers have, nor of short ones if failover is off', async () => {
    expect(await warningCodes({ faults: [crash('tokyo-1', 100)] })).toEqual([]);
    expect(await warningCodes({ faults: [{ pause: { node: 'tokyo-1', ...LONG } }] })).toEqual([]);
    expect(await warningCodes({ cluster: OFF, faults: [crash('seoul-1', 100)] })).toEqual(['NO_FAILOVER']);
  });

  it('tell of a time-out that no sign of life can keep', async () => {
    expect(await warningCodes({ cluster: pair({ timeoutMs: 500 }), workload: placed })).toEqual([
      'DETECTION_BELOW_HEARTBEAT',
    ]);
    expect(await warningCodes({ cluster: pair({ misses: 1 }), workload: placed })).toEqual([
      'DETECTION_BELOW_HEARTBEAT',
    ]);
    expect(await warningCodes({ cluster: pair({ misses: 2 }), workload: placed })).toEqual([]);
  });
});
