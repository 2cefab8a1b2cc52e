import { describe, expect, it } from '@jest/globals';
import { MeasurementsCollector } from '../../../src/experiments/run/measurements-collector';
import type { Measurements } from '../../../src/model/measurements';
import type { FaultEvent, FaultKind, FinalState } from '../../../src/model/observer';
import type { Version } from '../../../src/model/version';
import { history, operationsOf, play } from '../../support/history-notation';
import { notice } from '../../support/leader-events';

const NOTHING = { anomalies: [], cost: { messages: 0, bytes: 0, events: 0 } };

function measured(told: string): Omit<Measurements, 'truncatedRuns'> {
  const played = history(told);
  const collector = new MeasurementsCollector(played.outline);
  play(played, collector);
  return collector.measurements(NOTHING);
}

function settledWith(
  versions: readonly (Version | null)[],
  tell: (collector: MeasurementsCollector) => void,
) {
  const collector = new MeasurementsCollector(history('0wx 0=1').outline);
  tell(collector);
  const states: FinalState[] = versions.map((version, node) => ({
    node,
    holds: () => true,
    versionOf: () => version,
    valueFor: () => null,
  }));
  collector.settled(100, states);
  return collector.measurements(NOTHING);
}

const ONE = { epoch: 1, lsn: 1 };
const fault = (kind: FaultKind, atMs: number): FaultEvent => ({ kind, atMs, nodes: [1], text: [] });
const commit = { operation: 0, key: 0, version: ONE, node: 0, measured: true };

describe('operation latency', () => {
  it('counts operations by kind, datacenter and outcome, in canonical order', () => {
    const { latencies } = measured('0wx 0=1 1rx 1=1 0rx 0? 1wx 1! 2rx 2=1 2wx 2=2');
    expect(latencies.map(({ kind, datacenter, outcome }) => [kind, datacenter, outcome].join(' '))).toEqual([
      'READ seoul OK',
      'READ seoul UNKNOWN',
      'READ us-west OK',
      'WRITE seoul OK',
      'WRITE us-west FAILED',
    ]);
    expect(latencies.map(({ histogram }) => histogram.count)).toEqual([1, 1, 1, 2, 1]);
  });

  it('runs from the arrival, so that waiting for a busy session counts', () => {
    const [{ histogram }] = measured('0@ 1wx 1=1 0rx 0=1').latencies;
    expect(histogram).toMatchObject({ count: 1, minNs: 4_000_000 });
  });

  it('is of operations that arrived in the measured duration', () => {
    const { latencies } = measured('0rx | 0=1 1@ 0rx 0=1 | 0rx 0=1 1rx 1=1');
    expect(latencies.map(({ datacenter, histogram }) => [datacenter, histogram.count])).toEqual([
      ['seoul', 1],
      ['us-west', 1],
    ]);
  });
});

describe('the series', () => {
  it('counts operations by the interval of their arrival, and answers by when they came', () => {
    const quiet = '1ry 1=- '.repeat(40);
    const [reads, writes] = measured(
      `| 0wx 0=1 0wx ${quiet} 0! 0rx 0? ${quiet} 0rx 0=1 |`,
    ).series.operations.filter(({ datacenter }) => datacenter === 'seoul');
    const durationMs = 2 * 80 + 9;
    const intervalOf = (atMs: number): number => Math.floor((atMs * 100) / durationMs);
    expect(writes.latency.count).toEqual(columnOf([intervalOf(1)]));
    expect(writes.answers).toEqual(columnOf([intervalOf(2)]));
    expect(writes.failed).toEqual(columnOf([intervalOf(3)]));
    expect(reads.unknown).toEqual(columnOf([intervalOf(85)]));
    expect(reads.latency.maxNs.at(-1)).toBe(1_000_000);
  });

  it('puts the lag of a write into the interval of its commit, and what was committed later into the last', () => {
    const played = history('| 0wx 0=1 0wx 0=2 |');
    const collector = new MeasurementsCollector({ ...played.outline, durationMs: 100 });
    play(played, {
      operationInvoked: (operation) => collector.operationInvoked(operation),
      operationEnded: (operation) => collector.operationEnded(operation),
    });
    const [first, second] = operationsOf(played);
    collector.committed({ ...commit, operation: first.id, atMs: 1.5 });
    collector.committed({ ...commit, operation: second.id, atMs: 500 });
    collector.applied(1, first.id, 11.5);
    collector.applied(2, first.id, 31.5);
    collector.applied(1, second.id, 505);
    const { count, sumNsLow, maxNs } = collector.measurements(NOTHING).series.replicationLag;
    expect([count[1], sumNsLow[1], maxNs[1]]).toEqual([2, 40_000_000, 30_000_000]);
    expect([count[99], sumNsLow[99], maxNs[99]]).toEqual([1, 5_000_000, 5_000_000]);
  });

  it('counts every measured operation, and no other', () => {
    const { latencies, series } = measured('0wx | 0=1 1rx 1=- 0wx 0! 1rx 1? 0rx | 0=1 0rx 0=1');
    const total = series.operations.flatMap(({ latency, failed, unknown }) => [
      ...latency.count,
      ...failed,
      ...unknown,
    ]);
    expect(sum(total)).toBe(sum(latencies.map(({ histogram }) => histogram.count)));
    expect(sum(series.operations.flatMap(({ answers }) => answers))).toBe(1);
  });
});

describe('the log that nodes retain', () => {
  it('is their sum, and unknown where no node tells', () => {
    const told = [100, undefined, 20].map((logBytes, node) => ({
      node,
      holds: () => true,
      versionOf: () => ONE,
      valueFor: () => null,
      logBytes,
    }));
    const collector = new MeasurementsCollector(history('0wx 0=1').outline);
    collector.settled(100, told);
    expect(collector.measurements(NOTHING).cost.logBytes).toBe(120);
    expect(settledWith([ONE, ONE], () => undefined).cost.logBytes).toBeNull();
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A count of one in each of these intervals. */
function columnOf(intervals: readonly number[]): readonly number[] {
  return Array.from({ length: Math.max(...intervals) + 1 }, (_, interval) =>
    intervals.includes(interval) ? 1 : 0,
  );
}

describe('convergence', () => {
  it('took from the last write to the last apply when the replicas hold the same', () => {
    const { convergedRuns, convergenceTime } = settledWith([ONE, ONE], (collector) => {
      collector.committed({ ...commit, atMs: 10 });
      collector.applied(1, 0, 35);
    });
    expect(convergedRuns).toBe(1);
    expect(convergenceTime).toMatchObject({ count: 1, minNs: 25_000_000 });
  });

  it('took from the last crash or restart, if that came later; having caught up is no disturbance', () => {
    const { convergenceTime } = settledWith([ONE, ONE], (collector) => {
      collector.committed({ ...commit, atMs: 10 });
      collector.fault(fault('RESTART', 30));
      collector.applied(1, 0, 35);
      collector.fault(fault('CAUGHT_UP', 36));
    });
    expect(convergenceTime).toMatchObject({ count: 1, minNs: 5_000_000 });
  });

  it('took no time when nothing was left to apply', () => {
    const { convergenceTime } = settledWith([ONE, ONE], (collector) => {
      collector.applied(1, 0, 5);
      collector.fault(fault('CRASH', 30));
    });
    expect(convergenceTime).toMatchObject({ count: 1, maxNs: 0 });
  });

  it('took until a replica had a copy, or gave up what the others had not; a notice is no disturbance', () => {
    const { convergenceTime } = settledWith([ONE, ONE], (collector) => {
      collector.committed({ ...commit, atMs: 10 });
      collector.copied({ replica: 1, shard: 0, version: ONE, atMs: 30 });
      collector.discarded({ ...commit, node: 1, atMs: 34 });
      collector.noticed(notice('BEGAN_TO_LEAD', { atMs: 40, figures: [2] }));
    });
    expect(convergenceTime).toMatchObject({ count: 1, minNs: 24_000_000 });
  });

  it.each([
    ['another version', { epoch: 2, lsn: 1 }],
    ['nothing', null],
  ])('failed when a replica holds %s', (_, version) => {
    const { convergedRuns, convergenceTime, timeline } = settledWith([ONE, version], () => undefined);
    expect([convergedRuns, convergenceTime.count]).toEqual([0, 0]);
    expect(timeline.at(-1)?.message).toBe('The replicas still differed');
  });
});

describe('the timeline', () => {
  it('tells faults, the end of the clients and the end of settling', () => {
    const { timeline } = settledWith([ONE, ONE], (collector) => {
      collector.fault(fault('CRASH', 3));
      collector.fault(fault('RESTART', 5));
      collector.fault(fault('CAUGHT_UP', 6));
      collector.clientsStopped(10);
    });
    expect(timeline.map(({ atMs, node, message }) => `${atMs} ${String(node)}: ${message}`)).toEqual([
      '3 tokyo-1: tokyo-1 crashed',
      '5 tokyo-1: tokyo-1 restarted',
      '6 tokyo-1: tokyo-1 had caught up with all it had missed',
      '10 null: The clients stopped and faults were healed',
      '100 null: All replicas held the same',
    ]);
  });

  it('names the node of an event of one, and none where it is of several or of links', () => {
    const { timeline } = settledWith([ONE, ONE], (collector) => {
      collector.fault({ kind: 'DATACENTER_OUTAGE', atMs: 1, nodes: [0, 1], text: ['seoul'] });
      collector.fault({ kind: 'PAUSE', atMs: 2, nodes: [0], text: [] });
      collector.fault({ kind: 'HEAL', atMs: 3, nodes: [], text: ['between a and b'] });
    });
    expect(timeline.slice(0, 3).map(({ node, message }) => `${String(node)}: ${message}`)).toEqual([
      'null: seoul went out: seoul-1, tokyo-1 crashed, and its clients reached nobody',
      'seoul-1: seoul-1 stood still',
      'null: Messages got through again between a and b',
    ]);
  });

  it.each([
    [notice('DECLARED_DEAD'), 'tokyo-1 heard nothing of seoul-1 for too long and declared it dead'],
    [notice('ELECTED'), 'tokyo-1 was chosen to follow seoul-1 as the leader'],
    [notice('BEGAN_TO_LEAD', { about: null, figures: [2] }), 'tokyo-1 began to lead in epoch 2'],
    [
      notice('STEPPED_DOWN', { figures: [3] }),
      'tokyo-1 gave up the lead, for it heard of seoul-1, which led in epoch 3',
    ],
    [notice('CUT_POWER'), 'tokyo-1 cut off the power of seoul-1'],
    [notice('TAIL_DISCARDED', { figures: [1001, 1020] }), 'tokyo-1 threw away LSN 1001 to 1020'],
    [notice('TAIL_DISCARDED', { figures: [7, 7] }), 'tokyo-1 threw away LSN 7'],
    [notice('SEMI_SYNC_OFF', { about: null }), 'tokyo-1 no longer waits for followers'],
    [notice('SEMI_SYNC_ON', { about: null }), 'tokyo-1 waits for followers again'],
    [
      notice('FULL_COPY_BEGAN', { figures: [1_000_000] }),
      'tokyo-1 asked seoul-1 for a copy of all its data, 1,000,000 bytes',
    ],
    [notice('FULL_COPY_ENDED'), 'tokyo-1 had the copy of all data of seoul-1'],
    [
      notice('REWIND_BEGAN', { figures: [50] }),
      'tokyo-1 asked seoul-1 for what it had changed itself, 50 bytes',
    ],
    [notice('REWIND_ENDED'), 'tokyo-1 was as seoul-1 had been where their logs parted'],
    [notice('INCOMPATIBLE'), 'tokyo-1 could not apply the log of seoul-1, which ran another version'],
    [notice('COMPATIBLE'), 'tokyo-1 could apply the log of seoul-1 again'],
  ])('tells that what a node gave notice of: $kind', (told, message) => {
    const { timeline } = settledWith([ONE, ONE], (collector) => collector.noticed(told));
    expect(timeline[0]).toEqual({ repetition: 0, atMs: 5, kind: told.kind, node: 'tokyo-1', message });
  });

  it('names the shard of a notice where there are shards', () => {
    const collector = new MeasurementsCollector({ ...history('0wx 0=1').outline, shardOf: () => 0 });
    collector.noticed(notice('ELECTED', { shard: 3 }));
    expect(collector.measurements(NOTHING).timeline[0].message).toBe(
      'tokyo-1 was chosen to follow seoul-1 as the leader (shard 3)',
    );
  });

  it('is cut after its first hundred events', () => {
    const { timeline } = settledWith([ONE, ONE], (collector) => {
      for (let atMs = 0; atMs < 300; atMs += 1) collector.fault(fault('CRASH', atMs));
    });
    expect(timeline).toHaveLength(100);
    expect(timeline.at(-1)?.atMs).toBe(99);
  });
});
