import { describe, expect, it } from '@jest/globals';
import { createCheckers, talliesOf } from '../../src/checkers/registry';
import { FanOutObserver } from '../../src/experiments/run/fan-out-observer';
import { anomalyReport } from '../../src/experiments/result/anomaly-report';
import type { AnomalyKind } from '../../src/model/anomaly';
import { history, play, type HistoryOptions } from '../support/history-notation';

/** What is reported of a run whose budget of events was used up before it had settled. */
function reportOf(kind: AnomalyKind, told: string, options: HistoryOptions = {}) {
  const played = history(told, options);
  const checkers = createCheckers(played.outline);
  const observer = new FanOutObserver(checkers);
  play(played, {
    operationInvoked: (operation) => observer.operationInvoked(operation),
    operationEnded: (operation) => observer.operationEnded(operation),
    committed: (commit) => observer.committed(commit),
    discarded: (discard) => observer.discarded(discard),
    settled: (atMs, states) => observer.settled(atMs, states, true),
  });
  const tally = talliesOf(checkers).find((found) => found.kind === kind);
  if (tally === undefined) throw new Error(`nobody judges ${kind}`);
  return anomalyReport(tally, 1);
}

describe('a run that was cut off', () => {
  it.each<[AnomalyKind, string, HistoryOptions]>([
    ['DIVERGENCE', '0wx 0=1 ; 0:x=2 1:x=1', {}],
    ['LOST_WRITE', '0wx C0@0 0=3 D0@0 ; 0:x=-{} 1:x=-{}', {}],
    ['DIRTY_READ', '0wx C0@0 1rx 1=3@0 0=3 D0@0 ; 0:x=-{} 1:x=-{}', {}],
    ['INVARIANT', '0ix-5 0=1 1rx 1=-#0 ; 0:x=1#-5 1:x=-', { invariants: [{ key: null, min: 0 }] }],
  ])('is not judged by what its replicas held: %s is unknown', (kind, told, options) => {
    const { count, verdict, reason, witnesses } = reportOf(kind, told, options);
    expect({ count, verdict, witnesses }).toEqual({ count: 0, verdict: 'UNKNOWN', witnesses: [] });
    expect(reason).toContain('used up their budget of events and never settled');
  });

  it('is judged by what its clients saw', () => {
    expect(reportOf('STALE_READ', '0wx 0=1 1rx 1=-')).toMatchObject({ count: 1, verdict: 'VIOLATED' });
    expect(reportOf('STALE_READ', '0wx 0=1 1rx 1=1')).toMatchObject({ verdict: 'OK', reason: null });
  });
});

describe('a verdict', () => {
  const TALLY = {
    kind: 'STALE_READ',
    count: 0,
    affected: 0,
    relevant: 9,
    unjudged: 0,
    witnesses: [],
  } as const;

  it('is unknown when nothing was found and not everything could be judged, and says how much', () => {
    const { verdict, reason } = anomalyReport({ ...TALLY, unjudged: 2 }, 0);
    expect(verdict).toBe('UNKNOWN');
    expect(reason).toMatch(/^2 of 9 could not be judged/);
  });

  it('is known when something was found, whatever could not be judged', () => {
    const report = anomalyReport({ ...TALLY, count: 3, affected: 3, unjudged: 2 }, 1);
    expect(report).toMatchObject({ verdict: 'VIOLATED', reason: null, rate: 1 / 3 });
  });

  it('has a rate that counts what is affected, which is null when nothing was relevant', () => {
    expect(anomalyReport({ ...TALLY, kind: 'CONFLICT', count: 1, affected: 2 }, 0).rate).toBe(2 / 9);
    expect(anomalyReport({ ...TALLY, relevant: 0 }, 0)).toMatchObject({ rate: null, verdict: 'OK' });
  });
});
