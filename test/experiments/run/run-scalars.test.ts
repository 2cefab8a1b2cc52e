import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import { encodeRunScalars, RUN_SCALARS, RunScalars } from '../../../src/experiments/run/run-scalars';
import type { RunSummary } from '../../../src/experiments/run/run-summary';
import { startRun } from '../../../src/experiments/run/start-run';
import { SAMPLE_SPEC } from '../../support/sample-spec';

const RUNS = 200;
const BYTES_PER_RUN_MAX = 60;

function summaryOf(repetition: number): RunSummary {
  const run = startRun({ spec: SAMPLE_SPEC, seed: 7n, repetition });
  run.advance(Infinity);
  return run.finish().summary;
}

const UNKNOWN_THEN = {
  failoverRecovery: undefined,
  dualLeadersMs: undefined,
};

const summaries = Array.from({ length: RUNS }, (_, repetition) => summaryOf(repetition));
const scalars = RunScalars.decode(encodeRunScalars(summaries));

function expectSame(decoded: RunScalars, name: string, of: (summary: RunSummary) => number | null): void {
  const column = decoded.column(name);
  expect(column).toHaveLength(RUNS);
  summaries.forEach((summary, run) => expect(column?.[run]).toBeCloseTo(of(summary) ?? NaN, 6));
}

describe('the scalars of runs', () => {
  it('are read back by name, each for itself', () => {
    expectSame(scalars, 'operations.ok', ({ operations }) => operations.ok);
    expectSame(scalars, 'replicationLag.p99Ms', ({ replicationLag }) => replicationLag.p99Ms);
    expectSame(scalars, 'readLatency.meanMs', ({ readLatency }) => readLatency.meanMs);
    expectSame(scalars, 'convergenceMs', ({ convergenceMs }) => convergenceMs);
    expectSame(scalars, 'dualLeadersMs', ({ dualLeadersMs }) => dualLeadersMs);
    expectSame(scalars, 'cost.events', ({ cost }) => cost.events);
    expectSame(scalars, 'anomalies.STALE_READ.count', ({ anomalies }) => anomalies[0].count);
  });

  it('keep every quantile and every longest duration to the nanosecond, and say nothing where there was nothing', () => {
    const largest = scalars.column('writeLatency.maxMs') ?? [];
    summaries.forEach(({ writeLatency }, run) => expect(largest[run]).toBe(writeLatency.maxMs ?? NaN));
    expect(scalars.column('failoverRecovery.meanMs')?.every(Number.isNaN)).toBe(true);
    const silent = summaries.map((summary) => ({ ...summary, convergenceMs: null }));
    expect(RunScalars.decode(encodeRunScalars(silent)).column('convergenceMs')?.every(Number.isNaN)).toBe(
      true,
    );
  });

  it('have all the columns that they name, and no other', () => {
    for (const name of RUN_SCALARS) expect(scalars.column(name)).toHaveLength(RUNS);
    expect(scalars.column('operations.wrong')).toBeNull();
  });

  it(`take at most ${BYTES_PER_RUN_MAX} bytes a run, so that a million runs are about a hundred megabytes`, () => {
    expect(encodeRunScalars(summaries).length / RUNS).toBeLessThan(BYTES_PER_RUN_MAX);
  });

  it('that were stored as JSON, before leaders were replaced, tell of no failover', () => {
    const older = summaries.map((summary) => ({ ...summary, ...UNKNOWN_THEN }));
    const read = RunScalars.decode(new TextEncoder().encode(canonicalize(older)));
    expect(read.column('failoverRecovery.meanMs')?.every(Number.isNaN)).toBe(true);
  });

  it('that were stored as JSON, before runs could be truncated, are still read', () => {
    const older = summaries.map((summary) => ({ ...summary, truncated: undefined }));
    const bytes = new TextEncoder().encode(canonicalize(older));
    expectSame(RunScalars.decode(bytes), 'operations.ok', ({ operations }) => operations.ok);
    expectSame(RunScalars.decode(bytes), 'truncated', () => 0);
  });
});
