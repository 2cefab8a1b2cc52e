import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Message, Request } from '../../src/engine/message';
import { POISON } from '../../src/engine/poison';
import type { SimulationInput } from '../../src/engine/simulation';
import type { Distribution } from '../../src/model/spec/distribution';
import { createSimulation } from '../../src/protocols/create-simulation';
import { Idle, playOneNode } from '../support/one-node';
import { about, chronicleOf, exactly, NO_TIME, specOf, type Scene, type SceneFault } from './scene';
import { lsnIn } from '../support/lsn-in';

const node = fc.constantFrom('a-1', 'a-2', 'b-1');
const atMs = fc.integer({ min: 0, max: 399 });
const durationMs = fc.integer({ min: 1, max: 200 });
const everywhere = fc.constant(true as const);
const anyFault: fc.Arbitrary<SceneFault> = fc.oneof(
  fc.record({ node, atMs, restartAfterMs: fc.option(durationMs) }).map((crash) => ({ crash })),
  fc
    .record({ node, atMs, restartAfterMs: durationMs, inFlight: fc.constant('DELIVERED' as const) })
    .map((crash) => ({ crash })),
  fc.record({ node, atMs, durationMs }).map((pause) => ({ pause })),
  fc.record({ node, atMs, healAfterMs: fc.option(durationMs) }).map((isolate) => ({ isolate })),
  fc.record({ node, atMs, durationMs, factor: fc.constant(5) }).map((slowDisk) => ({ slowDisk })),
  fc
    .record({ everywhere, atMs, durationMs, factor: fc.constant(3), extraMs: fc.constant(4) })
    .map((slowLink) => ({ slowLink })),
);
const anyTime: fc.Arbitrary<Distribution> = fc.constantFrom(NO_TIME, exactly(1), about(2));
const anyScene: fc.Arbitrary<Scene> = fc.record({
  datacenters: fc.constant({ a: 2, b: 1 }),
  links: anyTime.chain((jitter) =>
    fc
      .constantFrom(0, 0.2)
      .map((loss) => [{ between: ['a', 'b'] as const, latency: about(5), jitter, loss }]),
  ),
  serviceTime: anyTime,
  fsync: anyTime,
  reads: fc.constantFrom('LEADER' as const, 'NEAREST' as const, 'ANY_FOLLOWER' as const),
  workload: fc.record({
    durationMs: fc.constant(400),
    timeoutMs: fc.constantFrom(10, 200),
    clients: fc.constant(['a', 'b'].map((datacenter) => ({ datacenter, sessions: 5, ratePerSecond: 200 }))),
  }),
  faults: fc.array(anyFault, { maxLength: 6 }),
});

function linesOf(scene: Scene, recycledMessages: SimulationInput['recycledMessages']): readonly string[] {
  const observer = chronicleOf(scene);
  const spec = specOf(scene);
  createSimulation({ spec, seed: 3n, repetition: 0, observer, recycledMessages }).advance(Infinity);
  return observer.lines;
}

/** Answers with a field that a request does not carry. */
class ReadsTooMuch extends Idle {
  override onRead(read: Request & Partial<Message>): void {
    this.host.answerRead(read, { epoch: 1, lsn: read.target ?? 0, operation: 0 }, null);
  }
}

/** Answers with the key of the read before, from the message that it kept. */
class KeepsAMessage extends Idle {
  private kept: Request | null = null;

  override onRead(read: Request): void {
    this.host.answerRead(
      read,
      { epoch: 1, lsn: this.kept === null ? 1 : 1 + this.kept.key, operation: 0 },
      null,
    );
    this.kept = read;
  }
}

/** Writes to a message after its handler returned. */
class WritesTooLate extends Idle {
  private kept: Message | null = null;

  override onRead(read: Request): void {
    if (this.kept !== null) this.kept.lsn = 7;
    this.kept = this.host.send(0, 1);
    this.host.answerRead(read, { epoch: 1, lsn: 1, operation: 0 }, null);
  }
}

describe('the poisoned build', () => {
  const reads: Scene = { workload: { readShare: 1 } };

  it('plays what the plain build plays, call by call, whatever happens', () => {
    const property = fc.property(anyScene, (scene) => {
      expect(linesOf(scene, 'POISONED')).toEqual(linesOf(scene, 'AS_IS'));
    });
    fc.assert(property, { numRuns: 60, seed: 1 });
  });

  it('shows a protocol that reads a field which its message does not carry', () => {
    const versions = (build: SimulationInput['recycledMessages']) =>
      playOneNode(reads, (host) => new ReadsTooMuch(host), build).ended.map(({ version }) => version);
    expect(versions('AS_IS').every((version) => version === null)).toBe(true);
    expect(new Set(versions('POISONED').map((version) => JSON.stringify(version)))).toEqual(
      new Set([JSON.stringify({ epoch: 1, lsn: POISON })]),
    );
  });

  it('shows a protocol that reads a message which it kept, and which looks well in the plain build', () => {
    const lsns = (build: SimulationInput['recycledMessages']) =>
      playOneNode(reads, (host) => new KeepsAMessage(host), build)
        .ended.slice(1)
        .map(({ version }) => lsnIn(version));
    expect(lsns('AS_IS').every((lsn) => lsn >= 1 && lsn <= 10)).toBe(true);
    expect(new Set(lsns('POISONED'))).toEqual(new Set([1 + POISON]));
  });

  it('stops at a protocol that writes to a message which is not its own any more', () => {
    const play = (build: SimulationInput['recycledMessages']) =>
      playOneNode({ ...reads, serviceTime: NO_TIME }, (host) => new WritesTooLate(host), build);
    expect(() => play('AS_IS')).not.toThrow();
    expect(() => play('POISONED')).toThrow(TypeError);
  });
});
