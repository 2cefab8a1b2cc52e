import { describe, expect, it } from '@jest/globals';
import type { Operation } from '../../src/model/operation';
import { about, exactly, play, type Scene } from './scene';

const arrivalsOf = (scene: Scene) =>
  play(scene)
    .ended.map(({ id, session, key, arrivedAtMs }) => ({ id, session, key, arrivedAtMs }))
    .sort((one, other) => one.id - other.id);
const latencyOf = ({ arrivedAtMs, completedAtMs }: Operation) => completedAtMs - arrivedAtMs;
const busySession: Scene = {
  serviceTime: exactly(30),
  workload: { clients: [{ datacenter: 'a', sessions: 1, ratePerSecond: 20 }] },
};

describe('ClientGroup', () => {
  it('brings as many operations as its rate says, within four standard errors', () => {
    const { ended } = play({ workload: { durationMs: 100_000 } });
    expect(Math.abs(ended.length - 10_000)).toBeLessThan(4 * Math.sqrt(10_000));
  });

  it('brings them at exponential intervals', () => {
    const times = arrivalsOf({ workload: { durationMs: 100_000 } }).map(({ arrivedAtMs }) => arrivedAtMs);
    const longer = times.filter((time, index) => index > 0 && time - times[index - 1] > 10).length;
    const expected = (times.length - 1) * Math.exp(-1);
    expect(Math.abs(longer - expected)).toBeLessThan(4 * Math.sqrt(expected * (1 - Math.exp(-1))));
  });

  it('reads in the share that it is told, within four standard errors', () => {
    const { ended } = play({ workload: { durationMs: 100_000, readShare: 0.8 } });
    const reads = ended.filter(({ kind }) => kind === 'READ').length;
    expect(Math.abs(reads - 0.8 * ended.length)).toBeLessThan(4 * Math.sqrt(0.16 * ended.length));
  });

  it.each<[string, Scene]>([
    ['latency', { links: [{ between: ['a', 'b'], latency: about(80) }] }],
    ['service time', { serviceTime: about(20) }],
    ['fsync', { fsync: about(20) }],
    ['read policy', { reads: 'NEAREST' }],
    ['read share', { workload: { readShare: 0.9 } }],
    ['number of nodes', { datacenters: { a: 3, b: 2 } }],
    ['time-out', { workload: { timeoutMs: 1 } }],
    ['faults', { faults: [{ crash: { node: 'a-1', atMs: 100, restartAfterMs: 500 } }] }],
  ])('meets the same arrivals, sessions and keys under another %s', (_, scene) => {
    expect(arrivalsOf(scene)).toEqual(arrivalsOf({}));
  });

  it('turns no write into a read when the read share falls', () => {
    const [few, many] = [0.3, 0.6].map((readShare) => play({ workload: { readShare } }).ended);
    const readsOf = (operations: Operation[]) =>
      operations.filter(({ kind }) => kind === 'READ').map(({ id }) => id);
    expect(readsOf(many)).toEqual(expect.arrayContaining(readsOf(few)));
  });

  it('has one operation of a session under way at a time, in the order of arrival', () => {
    const { invoked, ended } = play(busySession);
    expect(ended.map(({ id }) => id)).toEqual(ended.map((_, index) => index));
    for (const [index, { invokedAtMs }] of invoked.entries())
      if (index > 0) expect(invokedAtMs).toBeGreaterThanOrEqual(ended[index - 1].completedAtMs);
  });

  it('counts the wait for a busy session from the arrival', () => {
    const { ended } = play(busySession);
    const waited = ended.filter(({ arrivedAtMs, invokedAtMs }) => invokedAtMs > arrivedAtMs);
    expect(waited.length).toBeGreaterThan(3);
    expect(waited.every((operation) => latencyOf(operation) > 30)).toBe(true);
  });

  it('gives an operation up when it was under way for the time-out, and goes on', () => {
    const { ended } = play({ ...busySession, workload: { ...busySession.workload, timeoutMs: 20 } });
    expect(
      ended.every(({ outcome, version, node }) => outcome === 'UNKNOWN' && version === null && node === null),
    ).toBe(true);
    for (const { invokedAtMs, completedAtMs } of ended)
      expect(completedAtMs - invokedAtMs).toBeCloseTo(20, 9);
  });

  it('takes no answer that comes with the time-out, only one that comes before', () => {
    const outcomes = (timeoutMs: number) =>
      new Set(
        play({
          serviceTime: exactly(4),
          workload: {
            durationMs: 20_000,
            timeoutMs,
            clients: [{ datacenter: 'a', sessions: 5, ratePerSecond: 1 }],
          },
        }).ended.map(({ outcome }) => outcome),
      );
    expect(outcomes(4)).toEqual(new Set(['UNKNOWN']));
    expect(outcomes(4.001)).toEqual(new Set(['OK']));
  });

  it('takes no answer that comes with the time-out of a session whose alarm is an older one', () => {
    const { ended } = play({
      reads: 'NEAREST',
      links: [{ between: ['a', 'b'], latency: exactly(2) }],
      workload: {
        durationMs: 10_000,
        timeoutMs: 4,
        clients: [{ datacenter: 'b', sessions: 1, ratePerSecond: 300 }],
      },
    });
    const answered = ended.filter(({ outcome }) => outcome === 'OK');
    expect(answered.every(({ invokedAtMs, completedAtMs }) => completedAtMs < invokedAtMs + 4)).toBe(true);
    expect(
      ended.filter(({ kind, outcome }) => kind === 'WRITE' && outcome === 'UNKNOWN').length,
    ).toBeGreaterThan(500);
  });

  it('begins in the warm-up and ends with the duration', () => {
    const { ended, commits } = play({ workload: { warmupMs: 500, durationMs: 500 } });
    const times = ended.map(({ arrivedAtMs }) => arrivedAtMs);
    expect(Math.min(...times)).toBeGreaterThan(-500);
    expect(Math.min(...times)).toBeLessThan(-400);
    expect(Math.max(...times)).toBeLessThan(500);
    const arrivedAt = new Map(ended.map(({ id, arrivedAtMs }) => [id, arrivedAtMs]));
    expect(
      commits.every(({ operation, measured }) => measured === (arrivedAt.get(operation) ?? NaN) >= 0),
    ).toBe(true);
  });

  it('numbers sessions through all groups, and operations by arrival', () => {
    const clients = ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 3, ratePerSecond: 100 }));
    const { ended } = play({ workload: { clients } });
    expect(new Set(ended.map(({ client, session }) => `${client}: ${session}`))).toEqual(
      new Set(['0: 0', '0: 1', '0: 2', '1: 3', '1: 4', '1: 5']),
    );
    const byArrival = [...ended].sort((one, other) => one.arrivedAtMs - other.arrivedAtMs);
    expect(byArrival.map(({ id }) => id)).toEqual(ended.map((_, index) => index));
  });
});
