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
});
