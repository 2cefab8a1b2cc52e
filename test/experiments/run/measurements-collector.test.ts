import { describe, expect, it } from '@jest/globals';
import { MeasurementsCollector } from '../../../src/experiments/run/measurements-collector';
import type { Measurements } from '../../../src/model/measurements';
import type { FaultEvent, FaultKind, FinalState } from '../../../src/model/observer';
import type { Version } from '../../../src/model/version';
import { history, play } from '../../support/history-notation';

const NOTHING = { anomalies: [], cost: { messages: 0, bytes: 0, events: 0 } };

function measured(told: string): Measurements {
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

  it('is cut after its first hundred events', () => {
    const { timeline } = settledWith([ONE, ONE], (collector) => {
      for (let atMs = 0; atMs < 300; atMs += 1) collector.fault(fault('CRASH', atMs));
    });
    expect(timeline).toHaveLength(100);
    expect(timeline.at(-1)?.atMs).toBe(99);
  });
});
