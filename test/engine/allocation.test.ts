import { describe, expect, it } from '@jest/globals';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Simulation } from '../../src/engine/simulation';
import type { Observer } from '../../src/model/observer';
import { createSimulation } from '../../src/protocols/create-simulation';
import { about, specOf } from './scene';

const nothing = (): void => undefined;
const inattentive: Observer = {
  operationInvoked: nothing,
  operationEnded: nothing,
  committed: nothing,
  applied: nothing,
  discarded: nothing,
  reconciled: nothing,
  leadership: nothing,
  failedOver: nothing,
  noticed: nothing,
  copied: nothing,
  recovered: nothing,
  positions: nothing,
  fault: nothing,
  clientsStopped: nothing,
  settled: nothing,
};

const WARM_EVENTS = 500_000;
const EVENTS = 1_000_000;
const PARTS = 50;
/**
 * V8 boxes a number (16 bytes) that passes a call which it does not inline: 23 bytes an event were measured, and up to 60 where
 * it inlines less. A message has 22 words of 8 bytes: to make every second one anew exceeds this.
 */
const BYTES_PER_EVENT_MAX = 80;
const LIVE_BYTES_MAX = 300_000;

function steadySimulation(): Simulation {
  const spec = specOf({
    datacenters: { a: 1, b: 2 },
    links: [{ between: ['a', 'b'], latency: about(5) }],
    serviceTime: about(0.02),
    fsync: about(0.1),
    reads: 'NEAREST',
    workload: {
      durationMs: 1e7,
      clients: [{ datacenter: 'a', sessions: 100, ratePerSecond: 2000 }],
    },
  });
  return createSimulation({ spec, seed: 1n, repetition: 0, observer: inattentive });
}

/** Bytes that are alive, after a collection. */
function aliveBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return getHeapStatistics().used_heap_size;
}

/** Bytes allocated for an event. A collection within a part hides what that part had allocated before: there are few. */
function bytesPerEvent(simulation: Simulation): number {
  let allocated = 0;
  for (let part = 0; part < PARTS; part++) {
    const before = getHeapStatistics().used_heap_size;
    simulation.advance(EVENTS / PARTS);
    allocated += Math.max(0, getHeapStatistics().used_heap_size - before);
  }
  return allocated / EVENTS;
}

describe('a steady run, once it is warm', () => {
  it('keeps nothing, and allocates for an event less than half a message', () => {
    const simulation = steadySimulation();
    simulation.advance(WARM_EVENTS);
    const before = aliveBytes();
    expect(bytesPerEvent(simulation)).toBeLessThan(BYTES_PER_EVENT_MAX);
    expect(aliveBytes() - before).toBeLessThan(LIVE_BYTES_MAX);
    expect(simulation.done).toBe(false);
  });
});
