import { describe, expect, it } from '@jest/globals';
import { Lags } from '../../../src/experiments/run/lags';
import type { Commit } from '../../../src/model/observer';
import type { Operation } from '../../../src/model/operation';
import { DurationDistribution } from '../../../src/experiments/result/duration-distribution';
import { history } from '../../support/history-notation';

/** A leader `seoul-1` (0) and two followers; the first write of the history is operation 0. */
function lagsOf(told: string, replicate: (lags: Lags, write: Operation) => void): Lags {
  const { outline, events } = history(told);
  const lags = new Lags({ ...outline, durationMs: 100 });
  lags.operationInvoked(events[0].operation);
  replicate(lags, events[0].operation);
  lags.settled();
  return lags;
}

function commit(atMs: number, measured = true): Commit {
  return { operation: 0, key: 0, version: { epoch: 1, lsn: 1 }, node: 0, atMs, measured };
}

function samplesOf(lags: Lags): Record<string, number | null> {
  const visibility = DurationDistribution.of(lags.visibilityLag().histogram);
  const byReplica = lags.replicationLag().map(({ replica, histogram }): [string, number | null] => {
    return [replica, DurationDistribution.of(histogram).maxMs];
  });
  return { ...Object.fromEntries(byReplica), ...(visibility.count > 0 && { visibility: visibility.maxMs }) };
}

describe('lag', () => {
  it('runs from the commit to each other replica, and from the acknowledgement to the last', () => {
    const lags = lagsOf('0wx 0=1', (observer, write) => {
      observer.committed(commit(0.5));
      observer.operationEnded(write);
      observer.applied(1, 0, 10.5);
      observer.applied(2, 0, 30.5);
    });
    expect(samplesOf(lags)).toEqual({ 'tokyo-1': 10, 'us-west-1': 30, visibility: 29.5 });
  });

  it('is 0 for visibility when every replica had the write before its acknowledgement', () => {
    const lags = lagsOf('0wx 0=1', (observer, write) => {
      observer.committed(commit(0));
      observer.applied(1, 0, 0.25);
      observer.applied(2, 0, 0.5);
      observer.operationEnded(write);
    });
    expect(samplesOf(lags)).toEqual({ 'tokyo-1': 0.25, 'us-west-1': 0.5, visibility: 0 });
  });

  it.each(['0wx 0?', '0wx 0!'])(
    'is replicated but not seen when nobody was told that it succeeded (%s)',
    (told) => {
      const lags = lagsOf(told, (observer, write) => {
        observer.committed(commit(0));
        observer.operationEnded(write);
        observer.applied(1, 0, 4);
        observer.applied(2, 0, 5);
      });
      expect(samplesOf(lags)).toEqual({ 'tokyo-1': 4, 'us-west-1': 5 });
      expect(lags.visibilityLag()).toMatchObject({ histogram: { count: 0 }, unapplied: 0 });
    },
  );

  it('is measured when the commit comes after the client gave up', () => {
    const lags = lagsOf('0wx 0?', (observer, write) => {
      observer.operationEnded(write);
      observer.committed(commit(2));
      observer.applied(1, 0, 3);
      observer.applied(2, 0, 5);
    });
    expect(samplesOf(lags)).toEqual({ 'tokyo-1': 1, 'us-west-1': 3 });
  });

  it('counts a write once, though a replica that crashed applies it again', () => {
    const lags = lagsOf('0wx 0=1', (observer, write) => {
      observer.committed(commit(0));
      observer.operationEnded(write);
      observer.applied(1, 0, 3);
      observer.applied(1, 0, 50);
      observer.applied(2, 0, 60);
      observer.applied(2, 0, 70);
    });
    expect(lags.replicationLag().map(({ histogram }) => histogram.count)).toEqual([1, 1]);
    expect(samplesOf(lags)).toEqual({ 'tokyo-1': 3, 'us-west-1': 60, visibility: 59 });
  });

  it('counts what is not applied by the end as unapplied, per replica and for all', () => {
    const lags = lagsOf('0wx 0=1', (observer, write) => {
      observer.committed(commit(0));
      observer.operationEnded(write);
      observer.applied(2, 0, 5);
    });
    expect(lags.replicationLag().map(({ replica, unapplied }) => [replica, unapplied])).toEqual([
      ['tokyo-1', 1],
      ['us-west-1', 0],
    ]);
    expect(lags.visibilityLag()).toMatchObject({ histogram: { count: 0 }, unapplied: 1 });
  });

  it('is not measured of writes that arrived in the warm-up', () => {
    const lags = lagsOf('0wx | 0=1', (observer, write) => {
      observer.committed(commit(0, false));
      observer.operationEnded(write);
      observer.applied(1, 0, 5);
    });
    expect(lags.replicationLag()).toEqual([]);
    expect(lags.visibilityLag()).toMatchObject({ histogram: { count: 0 }, unapplied: 0 });
  });

  it('is measured for every write that a copy of the state holds', () => {
    const lags = lagsOf('0wx 0=1', (observer, write) => {
      observer.committed(commit(0));
      observer.operationEnded(write);
      observer.copied({ replica: 1, shard: 0, version: { epoch: 1, lsn: 0 }, atMs: 5 });
      observer.copied({ replica: 1, shard: 1, version: { epoch: 1, lsn: 9 }, atMs: 6 });
      observer.copied({ replica: 1, shard: 0, version: { epoch: 2, lsn: 1 }, atMs: 7 });
      observer.copied({ replica: 0, shard: 0, version: { epoch: 2, lsn: 1 }, atMs: 8 });
      observer.applied(2, 0, 20);
    });
    expect(samplesOf(lags)).toEqual({ 'tokyo-1': 7, 'us-west-1': 20, visibility: 19 });
  });

  it('is forgotten of a write that the node gave up that had committed it', () => {
    const lags = lagsOf('0wx 0=1', (observer, write) => {
      observer.committed(commit(0));
      observer.applied(1, 0, 4);
      observer.operationEnded(write);
      observer.discarded({ ...commit(0), node: 0, atMs: 10 });
      observer.applied(2, 0, 60);
    });
    expect(samplesOf(lags)).toEqual({ 'tokyo-1': 4 });
    expect(lags.replicationLag().map(({ unapplied }) => unapplied)).toEqual([0]);
    expect(lags.visibilityLag()).toMatchObject({ histogram: { count: 0 }, unapplied: 0 });
  });

  it('goes on when another node gives the write up', () => {
    const lags = lagsOf('0wx 0=1', (observer, write) => {
      observer.committed(commit(0));
      observer.operationEnded(write);
      observer.discarded({ ...commit(0), node: 1, atMs: 10 });
      observer.applied(1, 0, 30);
      observer.applied(2, 0, 60);
    });
    expect(samplesOf(lags)).toEqual({ 'tokyo-1': 30, 'us-west-1': 60, visibility: 59 });
  });

  it('is measured anew when a write that was given up is committed again before its client hears of it', () => {
    const lags = lagsOf('0wx 0=1', (observer, write) => {
      observer.committed(commit(0));
      observer.applied(2, 0, 3);
      observer.discarded({ ...commit(0), node: 0, atMs: 10 });
      observer.applied(1, 0, 15);
      observer.committed({ ...commit(20), node: 1 });
      observer.operationEnded({ ...write, completedAtMs: 21 });
      observer.applied(0, 0, 25);
      observer.applied(2, 0, 29);
    });
    expect(samplesOf(lags)).toEqual({ 'seoul-1': 5, 'us-west-1': 9, visibility: 8 });
    expect(lags.visibilityLag().unapplied).toBe(0);
  });

  it('is not measured of writes from before the run', () => {
    const lags = lagsOf('0wx 0=1', (observer, write) => {
      for (const operation of [-1, -1001]) {
        observer.applied(1, operation, 4);
        observer.discarded({ ...commit(0), operation, node: 0, atMs: 10 });
      }
      observer.committed(commit(0));
      observer.operationEnded(write);
    });
    expect(lags.replicationLag().map(({ unapplied }) => unapplied)).toEqual([1, 1]);
  });
});
