import { describe, expect, it } from '@jest/globals';
import { Directory } from '../../../../src/protocols/single-leader/client/directory';
import type { Redirection } from '../../../../src/protocols/single-leader/settings/failover';

const SHARDS = 2;

function directoryBy(redirection: Redirection): Directory {
  return new Directory({ shards: SHARDS, leader: 0, redirection });
}

describe('a directory of leaders', () => {
  it('knows who leads at the beginning', () => {
    const directory = directoryBy({ dns: { ttlMs: 100 } });
    expect([directory.leaderOf(0, 5), directory.leaderOf(1, 5)]).toEqual([0, 0]);
  });

  it('follows a virtual IP as soon as it has moved, shard by shard', () => {
    const directory = directoryBy({ virtualIp: { moveMs: 500 } });
    directory.publish(1, { node: 2, epoch: 2 });
    expect([directory.leaderOf(0, 1), directory.leaderOf(1, 1)]).toEqual([0, 2]);
  });

  it('keeps a DNS record for its time to live, and asks again with the first operation after that', () => {
    const directory = directoryBy({ dns: { ttlMs: 100 } });
    expect(directory.leaderOf(0, 10)).toBe(0);
    directory.publish(0, { node: 1, epoch: 2 });
    expect(directory.leaderOf(0, 109.9)).toBe(0);
    expect(directory.leaderOf(0, 150)).toBe(1);
    directory.publish(0, { node: 2, epoch: 3 });
    expect(directory.leaderOf(0, 249.9)).toBe(1);
    expect(directory.leaderOf(0, 250)).toBe(2);
  });

  it('asks for all shards at once: it is one name', () => {
    const directory = directoryBy({ dns: { ttlMs: 100 } });
    directory.leaderOf(0, 0);
    directory.publish(1, { node: 1, epoch: 2 });
    expect(directory.leaderOf(1, 99)).toBe(0);
    expect(directory.leaderOf(0, 100)).toBe(0);
    expect(directory.leaderOf(1, 100)).toBe(1);
  });

  it('looks through a proxy at regular times', () => {
    const directory = directoryBy({ proxy: { checkIntervalMs: 100 } });
    expect(directory.leaderOf(0, 30)).toBe(0);
    directory.publish(0, { node: 1, epoch: 2 });
    expect(directory.leaderOf(0, 99)).toBe(0);
    expect(directory.leaderOf(0, 100)).toBe(1);
    directory.publish(0, { node: 2, epoch: 3 });
    expect(directory.leaderOf(0, 150)).toBe(1);
    expect(directory.leaderOf(0, 320)).toBe(2);
  });

  it('does not believe an older leader, who may say so late', () => {
    const directory = directoryBy({ virtualIp: { moveMs: 0 } });
    directory.publish(0, { node: 1, epoch: 3 });
    directory.publish(0, { node: 2, epoch: 2 });
    expect(directory.leaderOf(0, 1)).toBe(1);
  });
});
