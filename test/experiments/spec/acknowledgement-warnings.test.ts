import { describe, expect, it } from '@jest/globals';
import { clusterInput } from '../../support/submissions';
import { warned, warningCodes } from '../../support/warned';

const workload = { durationMs: 100_000, clients: [{ ratePerSecond: 100 }] };
const MEANS = { meanTimeToFailureMs: 10_000, meanTimeToRepairMs: 5000 };
const crash = (node: number, atMs = 0, restartAfterMs = 10_000) => ({
  crash: { node: `node-${node}`, atMs, restartAfterMs },
});

/** node-1 leads all others. */
function experiment(nodes: number, acknowledgement: object, changes: object = {}): object {
  return {
    cluster: clusterInput({ nodes, replication: { singleLeader: { acknowledgement } } }),
    workload,
    ...changes,
  };
}

describe('warnings of acknowledgements', () => {
  it.each(['SEMI_SYNC', 'SYNC', 'FIRST', 'ANY'])(
    'tell that %s waits for nobody with LOCAL_FLUSH',
    async (mode) => {
      expect(await warningCodes(experiment(4, { mode, await: 'LOCAL_FLUSH' }))).toEqual(['WAITS_FOR_NOBODY']);
      expect(await warningCodes(experiment(3, { mode, await: 'REMOTE_FLUSH' }))).toEqual([]);
    },
  );

  it('tell nothing of ASYNC, whatever is awaited', async () => {
    expect(await warningCodes(experiment(4, { mode: 'ASYNC', await: 'LOCAL_FLUSH' }))).toEqual([]);
  });

  it.each([
    [2, 1, true],
    [3, 1, true],
    [4, 1, false],
    [4, 2, true],
    [5, 1, false],
    [5, 2, true],
    [6, 2, false],
    [6, 3, true],
  ])('know of %i nodes whether an election can miss what %i followers have', async (nodes, count, safe) => {
    for (const mode of ['SEMI_SYNC', 'FIRST', 'ANY'])
      expect(await warningCodes(experiment(nodes, { mode, count }))).toEqual(
        safe ? [] : ['ELECTION_MAY_MISS_WRITES'],
      );
  });

  it('say with which count no election can', async () => {
    const [warning] = await warned(experiment(6, { mode: 'ANY', count: 2 }));
    expect(warning.message).toBe(
      'A node may be elected that lacks an acknowledged write: an election needs 3 of the 5 followers, and ANY waits ' +
        'for 2 (wait for 3).',
    );
  });

  it('tell what else lets an election miss acknowledged writes', async () => {
    const reasonsOf = async (singleLeader: object) => {
      const cluster = clusterInput({ nodes: 5, replication: { singleLeader } });
      const [warning] = await warned({ cluster, workload });
      return warning?.message ?? '';
    };
    const acknowledgement = { mode: 'ANY', count: 2 };
    expect(await reasonsOf({ acknowledgement })).toBe('');
    expect(await reasonsOf({ acknowledgement, failover: { fencing: 'NONE' } })).toContain('under NONE');
    expect(await reasonsOf({ acknowledgement: { ...acknowledgement, await: 'REMOTE_WRITE' } })).toContain(
      'REMOTE_WRITE is lost',
    );
    const failover = { election: 'PRIORITY', priorities: ['node-2'] };
    expect(await reasonsOf({ acknowledgement, failover })).toContain('PRIORITY elects the first');
    expect(await reasonsOf({ acknowledgement: { mode: 'SYNC' }, failover: { fencing: 'NONE' } })).toBe('');
  });

  it.each<[string, object, string | null]>([
    ['priority', { election: 'PRIORITY', priorities: ['node-4'] }, 'PRIORITY elects'],
    ['no fencing', { fencing: 'NONE' }, 'under NONE'],
    ['the most advanced, fenced by epochs', {}, null],
  ])(
    'know that a follower of a follower may lack what all others have: %s',
    async (_what, failover, reason) => {
      const acknowledgement = { mode: 'SYNC' };
      const cascading = [{ node: 'node-4', upstream: 'node-3' }];
      const warningsWith = async (settings: object) => {
        const singleLeader = { acknowledgement, failover, ...settings };
        return warned({ cluster: clusterInput({ nodes: 4, replication: { singleLeader } }), workload });
      };
      expect(await warningsWith({})).toEqual([]);
      const [warning] = await warningsWith({ cascading });
      expect(warning?.message ?? '').toContain(reason ?? '');
      expect(warning?.code ?? null).toBe(reason === null ? null : 'ELECTION_MAY_MISS_WRITES');
    },
  );

  it('count only followers of the leader itself, and an upstream that leads makes no other', async () => {
    const codesWith = async (count: number, upstream: string) => {
      const cascading = ['node-4', 'node-5'].map((node) => ({ node, upstream }));
      const singleLeader = { acknowledgement: { mode: 'ANY', count }, cascading };
      return warningCodes({ cluster: clusterInput({ nodes: 5, replication: { singleLeader } }), workload });
    };
    expect(await codesWith(1, 'node-3')).toEqual([]);
    expect(await codesWith(1, 'node-1')).toEqual(['ELECTION_MAY_MISS_WRITES']);
    expect(await codesWith(2, 'node-1')).toEqual([]);
  });

  it('tell nothing of elections where there are none', async () => {
    const singleLeader = { acknowledgement: { mode: 'ANY' }, failover: { enabled: false } };
    const cluster = clusterInput({ nodes: 5, replication: { singleLeader } });
    expect(await warningCodes({ cluster, workload })).toEqual([]);
  });

  it.each([
    ['SYNC, and a follower goes down', 3, { mode: 'SYNC' }, [crash(3)], true],
    ['one of two, and one goes down', 3, { mode: 'ANY', count: 1 }, [crash(3)], false],
    ['two of two, and one goes down', 3, { mode: 'ANY', count: 2 }, [crash(3)], true],
    ['two by priority, and one goes down', 3, { mode: 'FIRST', count: 2 }, [crash(3)], true],
    ['two of two for a while', 3, { mode: 'SEMI_SYNC', count: 2 }, [crash(3)], false],
    ['one of two, and both go down together', 3, { mode: 'ANY' }, [crash(2), crash(3)], true],
    ['one of two, and both go down in turn', 3, { mode: 'ANY' }, [crash(2), crash(3, 10_000)], false],
    [
      'a standby that goes down',
      4,
      { mode: 'ANY', count: 2, standbys: ['node-2', 'node-3'] },
      [crash(3)],
      true,
    ],
    [
      'another than the standbys',
      4,
      { mode: 'ANY', count: 2, standbys: ['node-2', 'node-3'] },
      [crash(4)],
      false,
    ],
    ['all, and the leader is replaced', 3, { mode: 'SYNC' }, [crash(1)], true],
    ['two of three, and the leader is replaced', 4, { mode: 'ANY', count: 2 }, [crash(1)], false],
    ['nobody', 3, { mode: 'ASYNC' }, [crash(2), crash(3)], false],
  ])(
    'know whether writes are blocked that wait for %s',
    async (_what, nodes, acknowledgement, faults, blocked) => {
      const codes = await warningCodes(experiment(nodes, acknowledgement, { faults }));
      expect(codes).toEqual(blocked ? ['WRITES_BLOCKED'] : []);
    },
  );

  it.each<[string, object, object, boolean]>([
    ['SYNC, and a follower of a follower goes down', { mode: 'SYNC' }, crash(4), false],
    ['SYNC, and a follower of the leader goes down', { mode: 'SYNC' }, crash(3), true],
    ['any one, and one of the two that count goes down', { mode: 'ANY' }, crash(2), false],
    ['any two, and one of the two that count goes down', { mode: 'ANY', count: 2 }, crash(2), true],
    ['the only standby that counts', { mode: 'ANY', standbys: ['node-3', 'node-4'] }, crash(3), true],
  ])('do not count who follows a follower: %s', async (_what, acknowledgement, fault, blocked) => {
    const cascading = [{ node: 'node-4', upstream: 'node-2' }];
    const cluster = clusterInput({ nodes: 4, replication: { singleLeader: { acknowledgement, cascading } } });
    const codes = await warningCodes({ cluster, workload, faults: [fault] });
    expect(codes).toEqual(blocked ? ['WRITES_BLOCKED'] : []);
  });

  it('say which fault blocks them', async () => {
    const faults = [crash(2, 0, 100), crash(3, 50, 100), crash(2, 60_000, 100)];
    const [warning] = await warned(experiment(3, { mode: 'ANY', count: 1 }, { faults }));
    expect(warning.message).toBe(
      'Fault 2 (crash) takes node-3 down: each write waits for 1 follower, 0 can answer, and so it waits until enough are back.',
    );
  });

  it('tell the same of a nemesis', async () => {
    const nemesis = (nodes?: readonly string[]) => ({ nemesis: { ...MEANS, kinds: ['CRASH'], nodes } });
    expect(await warningCodes(experiment(3, { mode: 'SYNC' }, nemesis()))).toEqual(['WRITES_BLOCKED']);
    expect(await warningCodes(experiment(3, { mode: 'SYNC' }, nemesis(['node-1'])))).toEqual([]);
    expect(await warningCodes(experiment(3, { mode: 'ANY' }, nemesis()))).toEqual([]);
  });
});
