import { describe, expect, it } from '@jest/globals';
import type { ResultOfExperiment } from '../../src/cli/demo/documents';
import { renderProgress, renderResult } from '../../src/cli/demo/render';

const PROGRESS = {
  status: 'RUNNING',
  completedRuns: 5,
  totalRuns: 10,
  fraction: 0.525,
  operationsPerSecond: 123_456.7,
  etaMs: 2345,
};

const RESULT: ResultOfExperiment = {
  operations: { total: '150073', ok: '148271', failed: '0', unknown: '1802' },
  replicationLag: {
    count: '30',
    p50: 32.94,
    p99: 279.4,
    max: 30_211,
    buckets: [
      { fromMs: 10, toMs: 20, count: '20' },
      { fromMs: 20, toMs: 40, count: '10' },
      { fromMs: 40, toMs: 80, count: '0' },
    ],
  },
  replicaLag: [{ replica: 'tokyo-1', lag: { p99: 27.7 } }],
  writeLatency: { p50: 178.6, p999: null },
  anomalies: [
    {
      kind: 'STALE_READ',
      count: '1823',
      rate: 0.01531,
      witnesses: [{ explanation: 'Somebody read something old. '.repeat(8).trim() }],
    },
    { kind: 'MONOTONIC_READS', count: '0', rate: null, witnesses: [] },
  ],
  availability: { okShare: 0.98799, longestOutageMs: 30_040 },
  failovers: Array.from({ length: 5 }, (_, index) => ({
    atMs: 23_190.6 + index,
    oldLeader: 'seoul-1',
    newLeader: 'tokyo-1',
    detectionMs: 2015.3,
    electionMs: 182.4,
    recoveryMs: 3688,
    lostWrites: index,
  })),
  converged: true,
};

describe('the demo', () => {
  it('draws progress as a bar with what a waiting person wants to know', () => {
    expect(renderProgress({ experimentProgress: PROGRESS })).toBe(
      `${'█'.repeat(21)}${'░'.repeat(19)}  52 %  5 of 10 runs · 123,457 operations/s · 2.3 s left`,
    );
  });

  it('says nothing of speed and time left while nobody knows', () => {
    const start = { ...PROGRESS, fraction: 0, completedRuns: 0, operationsPerSecond: null, etaMs: null };
    expect(renderProgress({ experimentProgress: start })).toBe(`${'░'.repeat(40)}   0 %  0 of 10 runs`);
  });

  it('tells a result in a page that fits a terminal', () => {
    const runs = { nodes: [{ id: 'run_1', seed: '1', status: 'SUCCEEDED', resultHash: 'e26494b9ffff' }] };
    const page = renderResult({ experiment: { status: 'SUCCEEDED', result: RESULT, runs } });
    expect(page).toMatchSnapshot();
    for (const line of page.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  });

  it('says so when there is no result', () => {
    const page = renderResult({ experiment: { status: 'FAILED', result: null, runs: { nodes: [] } } });
    expect(page).toBe('The experiment ended as FAILED without a result.');
  });
});
