import { describe, expect, it } from '@jest/globals';
import { ExperimentResult } from '../../../src/experiments/result/experiment-result';
import { startRun, type RunInput, type RunOutput } from '../../../src/experiments/run/start-run';
import type { AnomalyKind } from '../../../src/model/anomaly';
import { leaderCrashSpec } from '../../support/leader-crash-spec';

/** With this seed a write is on its way to a follower at the crash, and nothing waits when the clients stop. */
const INPUT: RunInput = { spec: leaderCrashSpec(), seed: 43n, repetition: 0 };

function finished(input: Partial<RunInput> = {}, eventsAtOnce = Infinity): RunOutput {
  const run = startRun({ ...INPUT, ...input });
  while (!run.done) run.advance(eventsAtOnce);
  return run.finish();
}

function countOf({ summary }: RunOutput, kind: AnomalyKind): number {
  return summary.anomalies.find((anomaly) => anomaly.kind === kind)?.count ?? NaN;
}

describe('a run', () => {
  it('gives the same hash for the same seed, however it is advanced', () => {
    expect(finished({}, 997).resultHash).toBe(finished().resultHash);
  });

  it('gives another hash for another repetition, and for another seed', () => {
    const hashes = [finished(), finished({ repetition: 1 }), finished({ seed: 44n })];
    expect(new Set(hashes.map(({ resultHash }) => resultHash)).size).toBe(3);
  });

  it('tells its progress: a fraction that never falls, and operations that ended', () => {
    const run = startRun(INPUT);
    const fractions: number[] = [];
    while (!run.done) {
      run.advance(1_000);
      fractions.push(run.fraction);
    }
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
    expect(fractions.at(-1)).toBe(1);
    expect(run.simulatedOperations).toBe(run.finish().summary.operations.total);
  });

  it('has no output before it is done', () => {
    expect(() => startRun(INPUT).finish()).toThrow('not over');
  });

  it('meets the same arrivals under every read policy', () => {
    const totals = (['LEADER', 'NEAREST', 'ANY_FOLLOWER'] as const).map(
      (reads) => finished({ spec: leaderCrashSpec({ reads }) }).summary.operations.total,
    );
    expect(new Set(totals).size).toBe(1);
  });
});

describe('asynchronous replication with reads at the nearest replica', () => {
  const output = finished({ spec: leaderCrashSpec({ crashAtMs: null }) });
  const result = new ExperimentResult(output.measurements);

  it('measures every write at every follower', () => {
    const { ok } = result.operations({ kind: 'WRITE' });
    expect(result.replicationLag.count).toBe(2 * ok);
    expect(result.visibilityLag.count).toBe(ok);
    expect(result.unapplied).toBe(0);
  });

  it('shows stale reads, each with a witness that says what would have been right', () => {
    expect(countOf(output, 'STALE_READ')).toBeGreaterThan(0);
    const [{ witnesses }] = result.anomalies;
    expect(witnesses[0].explanation).toMatch(
      /although version \d+ .* before the read began\. Any correct answer/,
    );
  });

  it('shows nobody in the leader’s datacenter an old version', () => {
    const readers = result.anomalies.flatMap(({ witnesses }) =>
      witnesses.map(({ operations }) => operations.at(-1)?.client),
    );
    expect(new Set(readers)).toEqual(new Set([1]));
  });

  it('converges, without outages', () => {
    expect(result.converged).toBe(true);
    expect(result.availability).toMatchObject({ okShare: 1, longestOutageMs: 0, outages: [] });
  });
});

describe('replication lag over links of constant latency', () => {
  const spec = leaderCrashSpec({ crashAtMs: null, latency: 'CONSTANT' });
  const { replicationLagByReplica } = new ExperimentResult(finished({ spec }).measurements);

  it.each([
    ['tokyo-1', 15],
    ['us-west-1', 50],
  ])('of %s is %d ms, a service time of 0.05 ms and a flush of 0.5 ms', (name, latencyMs) => {
    const lag = replicationLagByReplica.find(({ replica }) => replica === name)?.lag;
    expect(lag?.minMs).toBeCloseTo(latencyMs + 0.55, 6);
    expect((lag?.quantileMs(0.5) ?? NaN) / (latencyMs + 0.55)).toBeCloseTo(1, 2);
  });
});

describe('reads at the leader', () => {
  it('show no anomaly, crash or not', () => {
    for (const crashAtMs of [null, 4_000]) {
      const output = finished({ spec: leaderCrashSpec({ reads: 'LEADER', crashAtMs }) });
      expect(output.summary.anomalies.filter(({ count }) => count > 0)).toEqual([]);
      expect(output.summary.anomalies[0].relevant).toBe(output.summary.readLatency.count);
    }
  });
});

describe('a crash of the leader for four seconds', () => {
  const { measurements, summary } = finished();

  it('is an outage of its datacenter for as long', () => {
    expect(summary.longestOutageMs).toBeGreaterThan(3_900);
    expect(summary.longestOutageMs).toBeLessThan(4_500);
    expect(summary.operations.unknown).toBeGreaterThan(0);
  });

  it('delays some write to a follower by as long, and none for ever', () => {
    expect(summary.replicationLag.maxMs).toBeGreaterThan(3_900);
    expect(new ExperimentResult(measurements).unapplied).toBe(0);
    expect(summary.converged).toBe(true);
  });

  it('stands in the timeline', () => {
    const kinds = measurements.timeline.map(({ kind, node }) => `${kind} ${String(node)}`);
    expect(kinds).toEqual(['CRASH seoul-1', 'RESTART seoul-1', 'CLIENTS_STOPPED null', 'SETTLED null']);
  });
});

describe('a cluster whose nodes are all down from first to last', () => {
  const spec = leaderCrashSpec({ durationMs: 12_000 });
  const faults = ['seoul-1', 'tokyo-1', 'us-west-1'].map((node) => ({
    crash: { node, atMs: 0, restartAfterMs: null, inFlight: 'LOST' as const },
  }));
  const { measurements, summary } = finished({ spec: { ...spec, faults } });

  it('answers nothing, though its nodes come back when the clients have stopped', () => {
    const { total, ok, failed, unknown } = summary.operations;
    expect([ok, failed + unknown]).toEqual([0, total]);
    expect(total).toBeGreaterThan(2_500);
    expect(new ExperimentResult(measurements).availability.okShare).toBe(0);
  });

  it('fails what its clients never sent, and does not know of what they sent', () => {
    expect(summary.operations.unknown).toBeLessThan(30 * 13);
    expect(summary.operations.failed).toBeGreaterThan(2_000);
  });
});
