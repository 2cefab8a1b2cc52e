import { describe, expect, it } from '@jest/globals';
import type { Request } from '../../src/engine/message';
import { Idle, playOneNode } from '../support/one-node';
import { exactly, type Scene } from './scene';

const RETRIES = { attempts: 3, backoff: { initialMs: 200, factor: 1, maxMs: 200, jitter: 0 } };
const scene: Scene = {
  serviceTime: exactly(1),
  workload: {
    timeoutMs: 50,
    readShare: 1,
    durationMs: 10_000,
    clients: [{ datacenter: 'a', sessions: 5, ratePerSecond: 2 }],
    retry: { ...RETRIES, on: ['FAILED'] },
  },
};

/** Refuses everything, and counts. */
class Refusing extends Idle {
  requests = 0;

  override onRead(read: Request): void {
    this.requests++;
    this.host.refuse(read);
  }
}

describe('an operation that is refused', () => {
  it('is tried as often as it may be, although the time-out of the attempt passes while the client waits', () => {
    const nodes: Refusing[] = [];
    const { ended, stops, settles } = playOneNode(scene, (host) => {
      const node = new Refusing(host);
      nodes.push(node);
      return node;
    });
    const tried = ended.filter(({ invokedAtMs }) => invokedAtMs < 9000);
    expect(tried.length).toBeGreaterThan(5);
    expect(new Set(ended.map(({ outcome }) => outcome))).toEqual(new Set(['FAILED']));
    for (const { invokedAtMs, completedAtMs } of tried)
      expect(completedAtMs - invokedAtMs).toBeGreaterThan(400);
    expect(nodes[0].requests).toBeGreaterThanOrEqual(3 * tried.length);
    expect(nodes[0].requests).toBeLessThanOrEqual(3 * ended.length);
    expect(settles[0].atMs - stops[0]).toBeLessThan(100);
  });

  it('waits for its session to be free, which a refusal without another attempt makes it at once', () => {
    const { ended } = playOneNode(
      { ...scene, workload: { ...scene.workload, retry: { ...RETRIES, on: [] } } },
      (host) => new Refusing(host),
    );
    for (const { invokedAtMs, completedAtMs } of ended) expect(completedAtMs - invokedAtMs).toBeLessThan(10);
  });
});
