import { describe, expect, it } from '@jest/globals';
import { seriesReport } from '../../../src/experiments/result/series-report';
import { DurationColumns } from '../../../src/model/interval-columns';
import { OperationColumns } from '../../../src/model/operation-columns';

function seriesOf(kind: 'READ' | 'WRITE', fill: (columns: OperationColumns) => void) {
  const columns = new OperationColumns();
  fill(columns);
  return { kind, datacenter: null, ...columns.encode() };
}

const reads = seriesOf('READ', ({ latency, answers }) => {
  latency.add(0, 3_000_000);
  latency.add(0, 5_000_000);
  answers.add(0);
  answers.add(1);
});
const writes = seriesOf('WRITE', ({ latency, failed, unknown }) => {
  latency.add(0, 10_000_000);
  failed.add(0);
  unknown.add(2);
});

describe('the report of a series', () => {
  const lag = new DurationColumns();
  lag.add(1, 20_000_000);
  lag.add(1, 40_000_000);
  const report = seriesReport(
    { operations: [reads, writes], replicationLag: lag.encode() },
    { durationMs: 1_000, runs: 2 },
  );

  it('has a hundred adjoining intervals', () => {
    expect(report).toHaveLength(100);
    expect([report[0].fromMs, report[99].toMs]).toEqual([0, 1_000]);
    report.slice(1).forEach(({ fromMs }, index) => expect(fromMs).toBe(report[index].toMs));
  });

  it('joins the operations of all its parts', () => {
    expect(report[0]).toMatchObject({
      operations: { total: 4, ok: 3, failed: 1, unknown: 0 },
      okShare: 0.75,
      latencyMsMean: 6,
      latencyMsMax: 10,
    });
    expect(report[2]).toMatchObject({ okShare: 0, latencyMsMean: null, latencyMsMax: null });
    expect(report[3].okShare).toBeNull();
  });

  it('gives answers per second of one run', () => {
    expect(report.slice(0, 3).map(({ answersPerSecond }) => answersPerSecond)).toEqual([50, 50, 0]);
  });

  it('gives the lag of the writes committed in each interval', () => {
    expect(report[1]).toMatchObject({ applies: 2, replicationLagMsMean: 30, replicationLagMsMax: 40 });
    expect(report[0]).toMatchObject({ applies: 0, replicationLagMsMean: null, replicationLagMsMax: null });
  });
});
