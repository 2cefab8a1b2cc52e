import type { Behaviour } from '../../src/engine/behaviour';
import { RequestDriver } from '../../src/engine/driver';
import type { Host } from '../../src/engine/host';
import type { Message, Request } from '../../src/engine/message';
import type { Replication, World } from '../../src/engine/replication';
import { Simulation, type SimulationInput } from '../../src/engine/simulation';
import type { Timer } from '../../src/engine/timer';
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
  onMessage({ from }: Message): void {
    invariant(from >= 0, 'a message from nobody');
  }
  onTimer({ kind }: Timer): void {
    invariant(kind >= 0, 'a timer without a kind');
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
  const cast = ({ hosts }: World) => ({ behaviours: hosts.map(behaviourOf) });
  return playCast({ links: [], ...scene, datacenters: { a: 1 } }, cast, recycledMessages);
}

/** Plays a scene to its end on nodes that behave like that; clients ask the first one, unless a driver is given. */
export function playCast(
  scene: Scene,
  cast: (world: World) => Pick<Replication, 'behaviours' | 'positions'> & Partial<Replication>,
  recycledMessages: SimulationInput['recycledMessages'] = 'AS_IS',
): Chronicle {
  const observer = chronicleOf(scene);
  const toTheFirst = { nodeForRead: () => 0, nodeForWrite: () => 0 };
  const simulation = new Simulation({
    spec: specOf(scene),
    seed: 1n,
    repetition: 0,
    observer,
    recycledMessages,
    createReplication: (world) => ({
      createDriver: (clientSide) => new RequestDriver(clientSide, toTheFirst),
      ...cast(world),
    }),
  });
  simulation.advance(Infinity);
  return observer;
}
