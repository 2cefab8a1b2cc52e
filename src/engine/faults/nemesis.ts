import { invariant } from '../../model/invariant';
import type { EndpointMap } from '../../model/spec/endpoint-map';
import {
  CLUSTER_NEMESIS_KINDS,
  NODE_NEMESIS_KINDS,
  type ClusterNemesisKind,
  type NemesisKind,
  type NemesisSpec,
  type NodeNemesisKind,
} from '../../model/spec/nemesis';
import type { Random } from '../random';
import type { RandomStreams } from '../random-streams';
import type { Affliction, FaultStep } from './affliction';
import { clusterAffliction, nodeAffliction } from './random-afflictions';
import { Soonest } from './soonest';

export interface NemesisParts {
  readonly map: EndpointMap;
  readonly streams: RandomStreams;
  /** When all is well, and the first good times begin. */
  readonly fromMs: number;
}

/**
 * Random faults, drawn one after the other: memory does not grow with the time.
 *
 * Each fate (a kind and its node, or a kind of the whole cluster) alternates between good and bad times, exponential with
 * the two means. It has streams of its own, one for the times and one for what is chosen, so it is the same whatever other
 * kinds, nodes and settings there are; other means only stretch its times.
 */
export class Nemesis {
  private readonly fates: readonly Fate[];
  private readonly order: Soonest;

  constructor(
    private readonly spec: NemesisSpec,
    private readonly parts: NemesisParts,
  ) {
    const { map } = parts;
    const nodes = spec.nodes?.map((name) => map.node(name)) ?? map.nodes.map((_, index) => index);
    this.fates = [
      ...NODE_NEMESIS_KINDS.filter(isWanted(spec)).flatMap((kind) =>
        nodes.map((node) => this.nodeFate(kind, node)),
      ),
      ...CLUSTER_NEMESIS_KINDS.filter(isWanted(spec)).map((kind) => this.clusterFate(kind, nodes)),
    ];
    this.order = new Soonest(this.fates.map((fate) => this.draw(fate, parts.fromMs)));
  }

  /** When the next step comes. */
  get nextAtMs(): number {
    return this.order.soonestMs;
  }

  /** The next step; the one after it is drawn. */
  next(): FaultStep {
    const atMs = this.nextAtMs;
    const fate = this.fates[this.order.soonest];
    const ending = fate.affliction;
    const affliction = ending ?? fate.create(atMs);
    fate.affliction = ending === null ? affliction : null;
    this.order.postpone(this.draw(fate, atMs));
    return { act: ending === null ? 'BEGIN' : 'END', affliction, atMs };
  }

  /** The end of a good or bad time that begins then. */
  private draw(fate: Fate, fromMs: number): number {
    const { meanTimeToFailureMs, meanTimeToRepairMs } = this.spec;
    const meanMs = fate.affliction === null ? meanTimeToFailureMs : meanTimeToRepairMs;
    return fromMs + fate.times.exponential() * meanMs;
  }

  private nodeFate(kind: NodeNemesisKind, node: number): Fate {
    const { times, choice } = this.streamsOf(kind, this.parts.map.nodes[node].name);
    return { times, affliction: null, create: (atMs) => nodeAffliction(kind, { node, atMs }, choice) };
  }

  private clusterFate(kind: ClusterNemesisKind, nodes: readonly number[]): Fate {
    const { map } = this.parts;
    invariant(
      kind !== 'DATACENTER_OUTAGE' || map.datacenters[0] !== null,
      'no datacenter can go out in a cluster without: the nemesis was not validated',
    );
    const { times, choice } = this.streamsOf(kind, 'cluster');
    return { times, affliction: null, create: () => clusterAffliction(kind, { map, nodes }, choice) };
  }

  private streamsOf(kind: NemesisKind, entity: string): { readonly times: Random; readonly choice: Random } {
    const { streams } = this.parts;
    return {
      times: streams.stream({ purpose: `nemesis ${kind} times`, entity }),
      choice: streams.stream({ purpose: `nemesis ${kind} choice`, entity }),
    };
  }
}

interface Fate {
  readonly times: Random;
  /** What its bad time is made of. */
  readonly create: (atMs: number) => Affliction;
  /** Null in good times. */
  affliction: Affliction | null;
}

function isWanted({ kinds }: NemesisSpec): (kind: NemesisKind) => boolean {
  return (kind) => kinds.includes(kind);
}
