import { describe, expect, it } from '@jest/globals';
import { keyCountOf, probesOf } from '../../../src/model/spec/probe';
import { PROBE } from './workload-arbitrary';
import { load, resolve } from './workload-inputs';

describe('a probe', () => {
  it('is one session in the first datacenter that never thinks, for at most thirty days', () => {
    const { workload, problems } = resolve({ probe: PROBE, timeoutMs: 100, valueBytes: 7 }, [
      'seoul',
      'tokyo',
    ]);
    expect(problems).toEqual([]);
    expect(workload).toEqual({
      ...resolve(load()).workload,
      durationMs: 2_592_000_000,
      clients: [
        {
          datacenter: 'seoul',
          sessions: 1,
          ratePerSecond: null,
          arrivals: { closedLoop: { thinkTime: { constant: { ms: 0 } } } },
        },
      ],
      timeoutMs: 100,
      valueBytes: 7,
      probe: PROBE,
    });
  });

  it('is in no datacenter of a cluster without', () => {
    expect(resolve({ probe: PROBE }).workload.clients[0].datacenter).toBeNull();
  });

  it('may come with the defaults that GraphQL fills in', () => {
    const filled = {
      warmupMs: 0,
      readShare: 0.5,
      keys: {},
      values: { register: { deleteShare: 0 } },
      retry: {},
      durationMs: null,
      clients: null,
      probe: PROBE,
    };
    expect(resolve(filled).problems).toEqual([]);
  });

  it('stays valid when one of its settings is changed in what was stored, as a sweep does', () => {
    const { workload } = resolve({ probe: PROBE }, ['seoul']);
    const changed = { ...workload, timeoutMs: 50, probe: { ...PROBE, writes: 5 } };
    expect(resolve(changed, ['seoul'])).toEqual({ workload: changed, problems: [] });
  });

  it('keeps its delays unknown where they are left out, and is counted with the most that it may find', () => {
    const { workload } = resolve({ probe: { writes: 10 } });
    expect(workload.probe).toEqual({ writes: 10, readDelaysMs: null });
    expect(keyCountOf(workload)).toBe(400);
  });

  it('writes a fresh key each time', () => {
    expect(probesOf(PROBE)).toBe(500_000);
    expect(keyCountOf(resolve({ probe: PROBE }).workload)).toBe(500_000);
    expect(keyCountOf(resolve(load()).workload)).toBe(1000);
  });
});
