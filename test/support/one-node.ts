import type { Behaviour } from '../../src/engine/behaviour';
import { RequestDriver } from '../../src/engine/driver';
import type { Host } from '../../src/engine/host';
import type { Request } from '../../src/engine/message';
import { Simulation, type SimulationInput } from '../../src/engine/simulation';
import { invariant } from '../../src/model/invariant';
import { chronicleOf, specOf, type Chronicle, type Scene } from '../engine/scene';

/** What a node of a test does; whatever it leaves out does nothing. */
export class Idle implements Behaviour {
  readonly retainedEntries = 0;

  constructor(protected readonly host: Host) {}

  onRead({ key }: Request): void {
    invariant(key >= 0, 'a read without a key');
  }
  onWrite({ key }: Request): void {
    invariant(key >= 0, 'a write without a key');
  }
  onMessage(): void {
    return;
  }
  onTimer(): void {
    return;
  }
  onPersisted(): void {
    return;
  }
  onCrash(): void {
    return;
  }
  onRestart(): void {
    return;
  }
  versionOf(): null {
    return null;
  }
  holds(): boolean {
    return false;
  }
  valueFor(): null {
    return null;
  }
}

/** Plays a scene to its end on one node that behaves like that. */
export function playOneNode(
  scene: Scene,
  behaviourOf: (host: Host) => Behaviour,
  recycledMessages: SimulationInput['recycledMessages'] = 'AS_IS',
): Chronicle {
  const observer = chronicleOf(scene);
  const toTheNode = { nodeForRead: () => 0, nodeForWrite: () => 0 };
  const simulation = new Simulation({
    spec: specOf({ links: [], ...scene, datacenters: { a: 1 } }),
    seed: 1n,
    repetition: 0,
    observer,
    recycledMessages,
    createReplication: ({ hosts }) => ({
      behaviours: hosts.map(behaviourOf),
      createDriver: (clientSide) => new RequestDriver(clientSide, toTheNode),
    }),
  });
  simulation.advance(Infinity);
  return observer;
}
