import { describe, expect, it } from '@jest/globals';
import { startRun } from '../../../src/experiments/run/start-run';
import { ExperimentResult } from '../../../src/experiments/result/experiment-result';
import type { LogFormat, LogSettings } from '../../../src/protocols/single-leader/settings/log';
import { exactly } from '../../engine/scene';
import { lagsOf } from './chronicle-views';
import { playUnder, specUnder, type LeaderScene } from './leader-scene';

const SERVICE_MS = 2;
const FSYNC_MS = 1;
const WAY_MS = 10;
const ROWS = 5;

/** Writes so rare that none meets another one. */
const scene: LeaderScene = {
  serviceTime: exactly(SERVICE_MS),
  fsync: exactly(FSYNC_MS),
  failover: { heartbeatIntervalMs: 100_000 },
  workload: {
    durationMs: 4000,
    readShare: 0,
    valueBytes: 100,
    clients: [
      { datacenter: 'a', sessions: 5, ratePerSecond: 5, arrivals: { constant: { phase: 'RANDOM' } } },
    ],
  },
};
const formats: readonly LogFormat[] = ['STATEMENT', 'ROW', 'WAL'];
const under = (log: Partial<LogSettings>, more: LeaderScene = scene) => ({ ...more, log });

function measured(of: LeaderScene): ExperimentResult {
  const run = startRun({ spec: specUnder(of), seed: 1n, repetition: 0 });
  while (!run.done) run.advance(Infinity);
  return new ExperimentResult(run.finish().measurements);
}

describe('the formats of the log', () => {
  it.each([
    ['STATEMENT', 1],
    ['ROW', ROWS],
    ['WAL', 0.5],
  ] as const)('[SL18] take to apply, as %s, %d times as long as a request', (format, works) => {
    const run = playUnder(under({ format, rowsPerWrite: ROWS }));
    const lags = lagsOf(run, 1);
    expect(lags.length).toBeGreaterThan(10);
    for (const lag of lags) expect(lag).toBeCloseTo(WAY_MS + FSYNC_MS + works * SERVICE_MS, 9);
  });

  it('[SL18] put the rows that a write changed in the log, or only its statement', () => {
    const bytes = formats.map((format) => {
      const [{ logBytes }] = playUnder(under({ format, rowsPerWrite: ROWS })).samples.slice(-1);
      return logBytes;
    });
    const writes = playUnder(scene).commits.length;
    expect(bytes).toEqual([writes * 100, writes * 100 * ROWS, writes * 100 * ROWS].map((all) => [all, all]));
  });

  it('[SL18] send as many bytes as they log', () => {
    const sent = formats.map((format) => measured(under({ format, rowsPerWrite: ROWS })).cost.bytes);
    const writes = playUnder(scene).commits.length;
    const [statement, row, wal] = sent;
    expect(row - statement).toBe(writes * 100 * (ROWS - 1));
    expect(wal).toBe(row);
  });

  it('[SL18] make a follower fall behind which applies rows more slowly than they come', () => {
    const often = { ...scene.workload, clients: [{ datacenter: 'a', sessions: 500, ratePerSecond: 200 }] };
    const lagOfLast = (format: LogFormat) =>
      lagsOf(playUnder(under({ format, rowsPerWrite: ROWS }, { ...scene, workload: often })), 1).at(-1) ??
      NaN;
    expect(lagOfLast('WAL')).toBeLessThan(100);
    expect(lagOfLast('ROW')).toBeGreaterThan(3000);
  });
});

describe('statements that give another value wherever they are executed', () => {
  const share = (nonDeterministicShare: number, format: LogFormat = 'STATEMENT') =>
    playUnder(under({ format, nonDeterministicShare }, { ...scene, datacenters: { a: 1, b: 2 } }));

  it('[SL18] leave the replicas with equal versions and different values', () => {
    const [{ states }] = share(1).settles;
    for (const { versions } of states) expect(versions).toEqual(states[0].versions);
    states[0].values.forEach((value, key) => {
      if (value === null) return;
      expect(new Set(states.map(({ values }) => values[key])).size).toBe(states.length);
    });
  });

  it('[SL18] are none without such a share, and none where rows or bytes are logged', () => {
    for (const run of [share(0), share(1, 'ROW'), share(1, 'WAL')]) {
      const [{ states }] = run.settles;
      for (const { values } of states) expect(values).toEqual(states[0].values);
    }
  });

  it('[SL18] leave alone the keys whose last write was none of them', () => {
    const [{ states }] = share(0.5).settles;
    const differing = states[0].values.filter((value, key) => value !== states[1].values[key]).length;
    expect(differing).toBeGreaterThan(0);
    expect(differing).toBeLessThan(states[0].values.length);
  });

  it('[SL18] are told as divergence', () => {
    const { anomalies } = measured(under({ format: 'STATEMENT', nonDeterministicShare: 1 }));
    expect(anomalies.find(({ kind }) => kind === 'DIVERGENCE')?.count).toBeGreaterThan(0);
  });
});
