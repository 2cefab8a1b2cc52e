import { describe, expect, it } from '@jest/globals';
import type { Host } from '../../src/engine/host';
import type { ClientSide, Driver } from '../../src/engine/driver';
import { Idle, playCast, playOneNode } from '../support/one-node';
import { scripted } from '../support/script';

const CLIENTS = [{ datacenter: 'a', sessions: 1, ratePerSecond: 1e-9 }];

/** Sets a timer again whenever it rings. */
class Beating extends Idle {
  beats = 0;
  private readonly beat;

  constructor(host: Host, how: 'createTimer' | 'createBackgroundTimer') {
    super(host);
    this.beat = host[how](0);
    host.setTimer(this.beat, 100);
  }

  override onTimer(): void {
    this.beats++;
    this.host.setTimer(this.beat, 100);
  }

  override onRestart(): void {
    this.host.setTimer(this.beat, 100);
  }
}

describe('a world in which something goes on for ever', () => {
  const scene = { workload: { durationMs: 1050, clients: CLIENTS } };

  it('comes to rest when that is all that goes on', () => {
    const nodes: Beating[] = [];
    const { settles } = playOneNode(scene, (host) => {
      nodes.push(new Beating(host, 'createBackgroundTimer'));
      return nodes[0];
    });
    expect(settles[0].atMs).toBe(1050);
    expect(nodes[0].beats).toBe(10);
  });

  it('has no rest before its time is over when it waits for that', () => {
    const { settles } = playOneNode(scene, (host) => new Beating(host, 'createTimer'));
    expect(settles[0].atMs).toBe(61_050);
  });
});

describe('a stream to a client group', () => {
  it('comes in order, each of its channels for itself, and late rather than not at all', () => {
    const came: string[] = [];
    const sends = (host: Host): void => {
      for (const kind of [1, 2, 3]) host.stream(2, kind, 0, kind % 2);
    };
    const driver = (clientSide: ClientSide): Driver => ({
      invoke: () => undefined,
      onMessage: ({ kind, from }) => came.push(`${clientSide.nowMs}: ${kind} from ${from}`),
    });
    const isolate = { isolate: { node: 'b-1', atMs: 50, healAfterMs: 100 } };
    playCast({ workload: { clients: CLIENTS }, faults: [isolate] }, (world) => {
      expect(world.clientEndpoints).toEqual([2]);
      return { ...scripted({ 1: { 100: sends, 200: sends } })(world), createDriver: driver };
    });
    expect(came).toEqual([
      '320: 1 from 1',
      '320: 3 from 1',
      '320: 1 from 1',
      '320: 3 from 1',
      '320: 2 from 1',
      '320: 2 from 1',
    ]);
  });
});
