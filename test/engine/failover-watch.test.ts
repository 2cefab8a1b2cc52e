import { describe, expect, it } from '@jest/globals';
import { FailoverWatch, type Reach } from '../../src/engine/failover-watch';
import type { Host } from '../../src/engine/host';
import { playCast } from '../support/one-node';
import { scripted, type Script } from '../support/script';
import type { Chronicle, SceneFault } from './scene';

const TAKEOVER = { oldLeader: 0, newLeader: 1, shard: 0, oldEpoch: 1, epoch: 2, electedAtMs: 0 };

describe('FailoverWatch', () => {
  const watchAt = (time: { now: number }, reach: Reach) => new FailoverWatch(time, () => ({ ...reach }));

  it('remembers when the leader of an epoch was first declared dead, and what it was then', () => {
    const time = { now: 10 };
    const reach = { condition: 'PAUSED' as Reach['condition'], reachedNodes: 3 };
    const watch = watchAt(time, reach);
    watch.declaredDead({ node: 0, epoch: 1, shard: 0 });
    Object.assign(reach, { condition: 'RUNNING', reachedNodes: 2 });
    time.now = 20;
    watch.declaredDead({ node: 0, epoch: 1, shard: 0 });
    watch.declaredDead({ node: 0, epoch: 1, shard: 1 });
    time.now = 30;
    expect(watch.tookOver({ ...TAKEOVER, electedAtMs: 25 })).toEqual({
      ...TAKEOVER,
      electedAtMs: 25,
      detectedAtMs: 10,
      atMs: 30,
      condition: 'PAUSED',
      reachedNodes: 3,
    });
    expect(watch.tookOver({ ...TAKEOVER, shard: 1 })).toMatchObject({
      detectedAtMs: 20,
      condition: 'RUNNING',
    });
  });

  it('tells of two that took over from the same leader', () => {
    const watch = watchAt({ now: 10 }, { condition: 'DOWN', reachedNodes: 0 });
    watch.declaredDead({ node: 0, epoch: 1, shard: 0 });
    const takeovers = [1, 2].map((newLeader) =>
      watch.tookOver({ ...TAKEOVER, newLeader, epoch: newLeader + 1 }),
    );
    expect(takeovers.map(({ detectedAtMs, epoch }) => [detectedAtMs, epoch])).toEqual([
      [10, 2],
      [10, 3],
    ]);
  });

  it('forgets what is long ago', () => {
    const watch = watchAt({ now: 10 }, { condition: 'DOWN', reachedNodes: 0 });
    for (let epoch = 1; epoch < 100; epoch++) watch.declaredDead({ node: 0, epoch, shard: 0 });
    expect(watch.tookOver({ ...TAKEOVER, oldEpoch: 99 })).toMatchObject({ oldEpoch: 99 });
    expect(() => watch.tookOver(TAKEOVER)).toThrow('declared dead');
  });

  it('has no failover from a leader that nobody declared dead', () => {
    const watch = watchAt({ now: 10 }, { condition: 'DOWN', reachedNodes: 0 });
    expect(() => watch.tookOver(TAKEOVER)).toThrow('declared dead');
  });
});

describe('a failover', () => {
  /** Node b-2 declares a-1 dead at 100 ms, and takes over at 150 ms. */
  const takesOver: Script = {
    100: (host: Host) => host.declaredDead({ node: 0, epoch: 1, shard: 0 }),
    150: (host: Host) => host.tookOver({ oldLeader: 0, oldEpoch: 1, epoch: 2, shard: 0, electedAtMs: 120 }),
  };
  const played = (faults: readonly SceneFault[]): Chronicle =>
    playCast(
      {
        datacenters: { a: 2, b: 3 },
        workload: { clients: [{ datacenter: 'a', sessions: 1, ratePerSecond: 1e-9 }] },
        faults,
      },
      scripted({ 3: takesOver }),
    );

  it('is told as a whole', () => {
    expect(played([]).failovers).toEqual([
      {
        oldLeader: 0,
        newLeader: 3,
        shard: 0,
        oldEpoch: 1,
        epoch: 2,
        detectedAtMs: 100,
        electedAtMs: 120,
        atMs: 150,
        condition: 'RUNNING',
        reachedNodes: 5,
      },
    ]);
  });

  it.each<[string, SceneFault, Reach]>([
    [
      'that is down',
      { crash: { node: 'a-1', atMs: 50, restartAfterMs: 60 } },
      { condition: 'DOWN', reachedNodes: 0 },
    ],
    [
      'that stands still',
      { pause: { node: 'a-1', atMs: 50, durationMs: 60 } },
      { condition: 'PAUSED', reachedNodes: 5 },
    ],
    [
      'that its own side reaches',
      { partition: { between: [['a'], ['b']], atMs: 50, healAfterMs: 60 } },
      { condition: 'RUNNING', reachedNodes: 2 },
    ],
    [
      'that is heard and does not hear',
      { partition: { from: ['b'], to: ['a-1'], atMs: 50, healAfterMs: 60 } },
      { condition: 'RUNNING', reachedNodes: 2 },
    ],
    [
      'of whom one could not hear for being down',
      { crash: { node: 'a-2', atMs: 50, restartAfterMs: 60 } },
      { condition: 'RUNNING', reachedNodes: 4 },
    ],
  ])('knows of an old leader %s', (_, fault, reach) => {
    expect(played([fault]).failovers).toMatchObject([reach]);
  });
});
