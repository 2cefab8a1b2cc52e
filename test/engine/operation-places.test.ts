import { describe, expect, it } from '@jest/globals';
import { NEVER_SENT, type ObservedOperation } from '../../src/model/observer';
import { DEFAULT_RETRY } from '../../src/model/spec/defaults';
import { createSimulation } from '../../src/protocols/create-simulation';
import { about, Chronicle, exactly, specOf, type Scene } from './scene';

const SESSIONS = 6;
const clients = ['a', 'b'].map((datacenter) => ({ datacenter, sessions: SESSIONS / 2, ratePerSecond: 200 }));

/** Holds the engine to what it promises of the places of operations under way. */
class PlaceInspector extends Chronicle {
  readonly used = new Set<number>();
  neverSent = 0;
  private readonly held = new Map<number, number>();

  override operationInvoked({ id, place }: ObservedOperation): void {
    expect(place).toBeGreaterThanOrEqual(0);
    expect(place).toBeLessThan(SESSIONS);
    expect(this.held.has(place)).toBe(false);
    this.held.set(place, id);
    this.used.add(place);
  }

  override operationEnded({ id, place }: ObservedOperation): void {
    if (place === NEVER_SENT) {
      expect([...this.held.values()]).not.toContain(id);
      this.neverSent++;
      return;
    }
    expect(this.held.get(place)).toBe(id);
    this.held.delete(place);
  }

  get left(): number {
    return this.held.size;
  }
}

describe('the place of an operation', () => {
  it.each<[string, Scene]>([
    ['all is well', {}],
    ['nodes are slow, and some wait for ever', { serviceTime: exactly(30) }],
    [
      'attempts time out and are tried again',
      {
        serviceTime: about(20),
        workload: { timeoutMs: 60, retry: { ...DEFAULT_RETRY, attempts: 3, on: ['TIMEOUT', 'FAILED'] } },
        faults: [{ crash: { node: 'a-1', atMs: 200, restartAfterMs: 300 } }],
      },
    ],
  ])('is held by nobody else, from its send to its end, when %s', (_, scene) => {
    const inspector = new PlaceInspector();
    const workload = { durationMs: 1_000, ...scene.workload, clients };
    const spec = specOf({ ...scene, workload });
    createSimulation({ spec, seed: 5n, repetition: 0, observer: inspector }).advance(Infinity);
    expect(inspector.used.size).toBeGreaterThan(1);
    expect(inspector.left).toBe(0);
    expect(inspector.neverSent).toBeGreaterThanOrEqual(scene.serviceTime === undefined ? 0 : 1);
  });

  it('is the one that was given back last', () => {
    const inspector = new PlaceInspector();
    const quiet = clients.map((group) => ({ ...group, ratePerSecond: 1 }));
    const spec = specOf({ workload: { durationMs: 10_000, clients: quiet } });
    createSimulation({ spec, seed: 5n, repetition: 0, observer: inspector }).advance(Infinity);
    expect(Math.max(...inspector.used)).toBeLessThan(SESSIONS / 2);
  });
});
