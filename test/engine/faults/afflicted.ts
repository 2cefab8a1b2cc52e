import { invariant } from '../../../src/model/invariant';
import { EndpointMap } from '../../../src/model/spec/endpoint-map';
import type { ClockSpec } from '../../../src/model/spec/cluster';
import type { FaultSpec, InFlight } from '../../../src/model/spec/fault';
import { nodesOf } from '../../../src/model/spec/topology';
import type { FaultStep } from '../../../src/engine/faults/affliction';
import type { ClockError } from '../../../src/engine/clock';
import type { Afflictable } from '../../../src/engine/faults/afflictable';
import { SOUND_LINK, type LinkCondition } from '../../../src/engine/link';
import type { EndpointPair } from '../../../src/engine/network';
import { Afflictions } from '../../../src/engine/faults/afflictions';
import { scheduleOf } from '../../../src/engine/faults/schedule';

/** Nodes a-1 (0), a-2 (1), b-1 (2), and clients in a (3) and b (4). */
export const TWO_PLACES = new EndpointMap(
  nodesOf({
    datacenters: [
      { name: 'a', nodes: 2 },
      { name: 'b', nodes: 1 },
    ],
    nodes: null,
  }),
  [{ datacenter: 'a' }, { datacenter: 'b' }],
);

const NAMES = ['a-1', 'a-2', 'b-1', 'clients of a', 'clients of b'];

/** A world that notes what is done to it, and insists that every call is a change. */
export class NotingWorld implements Afflictable {
  readonly down = new Set<number>();
  readonly paused = new Set<number>();
  readonly cuts = new Set<string>();
  readonly disks = new Map<number, number>();
  readonly clocks = new Map<number, ClockError>();
  readonly links = new Map<string, LinkCondition>();
  readonly lines: string[] = [];
  /** Before everything. */
  now = -1000;

  crash(node: number, inFlight: InFlight): void {
    insist(!this.down.has(node));
    this.down.add(node);
    this.paused.delete(node);
    this.note(`crash ${NAMES[node]} ${inFlight}`);
  }

  upgrade(node: number): void {
    insist(this.down.has(node));
    this.note(`upgrade ${NAMES[node]}`);
  }

  restart(node: number): void {
    insist(this.down.delete(node));
    this.note(`restart ${NAMES[node]}`);
  }

  pause(node: number): void {
    insist(!this.down.has(node) && !this.paused.has(node));
    this.paused.add(node);
    this.note(`pause ${NAMES[node]}`);
  }

  resume(node: number): void {
    insist(this.paused.delete(node));
    this.note(`resume ${NAMES[node]}`);
  }

  slowDisk(node: number, factor: number): void {
    insist((this.disks.get(node) ?? 1) !== factor);
    this.disks.set(node, factor);
    this.note(`disk of ${NAMES[node]} × ${factor}`);
  }

  skewClock(node: number, error: ClockError): void {
    insist(JSON.stringify(this.clocks.get(node)) !== JSON.stringify(error));
    this.clocks.set(node, error);
    this.note(`clock of ${NAMES[node]} ${error.offsetMs} ms ${error.driftPpm} ppm`);
  }

  cut(pair: EndpointPair): void {
    insist(!this.cuts.has(inWords(pair)));
    this.cuts.add(inWords(pair));
    this.note(`cut ${inWords(pair)}`);
  }

  mend(pair: EndpointPair): void {
    insist(this.cuts.delete(inWords(pair)));
    this.note(`mend ${inWords(pair)}`);
  }

  setLink(pair: EndpointPair, condition: LinkCondition): void {
    insist(JSON.stringify(this.links.get(inWords(pair)) ?? SOUND_LINK) !== JSON.stringify(condition));
    this.links.set(inWords(pair), condition);
    const { factor, extraMs, loss, duplication } = condition;
    this.note(`link ${inWords(pair)} × ${factor} + ${extraMs}, loss ${loss}, twice ${duplication}`);
  }

  private note(line: string): void {
    this.lines.push(`${this.now} ${line}`);
  }
}

export interface Played {
  readonly world: NotingWorld;
  /** As `10 CRASH [0] text`, what the observer hears. */
  readonly told: readonly string[];
}

export interface PlayOptions {
  readonly map?: EndpointMap;
  readonly clocks?: readonly ClockSpec[];
  readonly endMs?: number;
}

/** Plays a list of faults until just before everything ends. */
export function playFaults(faults: readonly FaultSpec[], options: PlayOptions = {}): Played {
  return playToTheEnd(faults, { ...options, leaveOpen: true });
}

/** The same, and then everything ends. */
export function playToTheEnd(
  faults: readonly FaultSpec[],
  options: PlayOptions & { readonly leaveOpen?: true } = {},
): Played {
  const { map = TWO_PLACES, clocks = [], endMs = 1000 } = options;
  return playSteps(scheduleOf(faults, { map, endMs }), { map, clocks, endMs, leaveOpen: options.leaveOpen });
}

export function playSteps(
  steps: readonly FaultStep[],
  { map = TWO_PLACES, clocks = [], endMs = 1000, leaveOpen }: PlayOptions & { readonly leaveOpen?: true },
): Played {
  const world = new NotingWorld();
  const told: string[] = [];
  const afflictions = new Afflictions({ map, clocks, time: world }, world, ({ kind, nodes, text }) =>
    told.push([world.now, kind, ...nodes.map((node) => NAMES[node]), ...text].join(' ')),
  );
  afflictions.start();
  for (const step of steps) {
    insist(step.atMs >= world.now);
    world.now = step.atMs;
    afflictions.play(step);
  }
  world.now = endMs;
  if (leaveOpen === undefined) afflictions.endAll();
  return { world, told };
}

function inWords({ from, to }: EndpointPair): string {
  return `${NAMES[from]} > ${NAMES[to]}`;
}

/** Cheaper than an expectation, for there are many; the stack shows which. */
function insist(condition: boolean): void {
  invariant(condition, 'the world was told what is no change');
}
