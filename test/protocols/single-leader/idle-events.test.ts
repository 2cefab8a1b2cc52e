import { describe, expect, it } from '@jest/globals';
import { createSimulation } from '../../../src/protocols/create-simulation';
import type { SingleLeaderSettings } from '../../../src/protocols/single-leader/settings/settings';
import { singleLeader } from '../../../src/protocols/single-leader/single-leader';
import { Chronicle, exactly } from '../../engine/scene';
import { failoverSpec, type FailoverScene } from './failover-scene';

const DURATION_MS = 3000;

interface Counted {
  /** Events per millisecond, as they were and as they are told beforehand. */
  readonly played: number;
  readonly told: number;
}

/** With next to nobody who asks for anything, and links so fast that the world is quiet as soon as the clients stop. */
function countIdle(scene: FailoverScene): Counted {
  const clients = [{ datacenter: 'a', sessions: 1, ratePerSecond: 1 }];
  const links = [{ between: ['a', 'b'] as const, latency: exactly(0.1) }];
  const spec = failoverSpec({ ...scene, links, workload: { durationMs: DURATION_MS, clients } });
  const observer = new Chronicle(spec.workload.keys.count);
  const simulation = createSimulation({ spec, seed: 1n, repetition: 0, observer });
  simulation.advance(Infinity);
  const nodes = spec.cluster.datacenters.reduce((sum, datacenter) => sum + datacenter.nodes, 0);
  const settings = spec.cluster.replication.singleLeader as SingleLeaderSettings;
  return {
    played: simulation.events / DURATION_MS,
    told: singleLeader.idleEventsPerMs?.(settings, nodes) ?? NaN,
  };
}

describe('the events of an idle single leader', () => {
  it.each<[string, FailoverScene]>([
    ['of three nodes', { failover: { heartbeatIntervalMs: 1 } }],
    ['of many nodes', { failover: { heartbeatIntervalMs: 1 }, datacenters: { a: 1, b: 12 } }],
    ['of many shards', { failover: { heartbeatIntervalMs: 2 }, others: { shards: 8 } }],
    ['that bounds the lag', { reads: { policy: 'LAG_BOUNDED', maxLagMs: 4 } }],
    ['that is never replaced', { failover: { enabled: false, heartbeatIntervalMs: 1 } }],
  ])('are no more than it tells, and a fair part of that: %s', (_what, scene) => {
    const { played, told } = countIdle({ ...scene, failover: { timeoutMs: 300, ...scene.failover } });
    expect(played).toBeLessThan(told);
    expect(played).toBeGreaterThan(told / 4);
  });
});
