import type { EndpointMap } from '../../model/spec/endpoint-map';
import type {
  FaultSpec,
  IsolateFault,
  LossyLinkFault,
  PartitionFault,
  SlowLinkFault,
} from '../../model/spec/fault';
import { cutBy, cutByOutage } from '../../model/spec/faults/sides';
import type { Affliction, DatacenterOutage, LinkTrouble } from './affliction';
import { SOUND_LINK } from '../link';
import { whereCut, whereReached } from './where';

/** An affliction, and from when on it lasts how long. */
export interface Lasting {
  readonly affliction: Affliction;
  readonly atMs: number;
  /** Null: until everything ends. */
  readonly lastsMs: number | null;
}

type NodeFault = Extract<
  FaultSpec,
  | { readonly crash: unknown }
  | { readonly pause: unknown }
  | { readonly slowDisk: unknown }
  | { readonly clockSkew: unknown }
>;

export type LastingFault = Exclude<
  FaultSpec,
  { readonly restart: unknown } | { readonly heal: unknown } | { readonly rollingUpgrade: unknown }
>;

/** A scheduled fault in the terms of the world. */
export function lastingOf(fault: LastingFault, map: EndpointMap): Lasting {
  if ('partition' in fault) return partitionOf(fault.partition, map);
  if ('isolate' in fault) return partitionOf(fault.isolate, map);
  if ('slowLink' in fault) return slowLinkOf(fault.slowLink, map);
  if ('lossyLink' in fault) return lossyLinkOf(fault.lossyLink, map);
  if ('datacenterOutage' in fault) {
    const { datacenter, atMs, durationMs } = fault.datacenterOutage;
    return { affliction: datacenterOutage(datacenter, map), atMs, lastsMs: durationMs };
  }
  return nodeTroubleOf(fault, map);
}

/** All nodes of a datacenter go down, and its clients with them: they ask, and nobody hears it. */
export function datacenterOutage(datacenter: string, map: EndpointMap): DatacenterOutage {
  const nodes = map.inDatacenter(datacenter).filter((endpoint) => map.isNode(endpoint));
  return { kind: 'DATACENTER_OUTAGE', datacenter, nodes, cut: cutByOutage(datacenter, map) };
}

function nodeTroubleOf(fault: NodeFault, map: EndpointMap): Lasting {
  if ('crash' in fault) {
    const { node, atMs, restartAfterMs, inFlight } = fault.crash;
    return { affliction: { kind: 'CRASH', node: map.node(node), inFlight }, atMs, lastsMs: restartAfterMs };
  }
  if ('pause' in fault) {
    const { node, atMs, durationMs } = fault.pause;
    return { affliction: { kind: 'PAUSE', node: map.node(node) }, atMs, lastsMs: durationMs };
  }
  if ('slowDisk' in fault) {
    const { node, atMs, durationMs, factor } = fault.slowDisk;
    return { affliction: { kind: 'SLOW_DISK', node: map.node(node), factor }, atMs, lastsMs: durationMs };
  }
  const { node, atMs, durationMs, offsetMs, driftPpm } = fault.clockSkew;
  return {
    affliction: { kind: 'CLOCK_SKEW', node: map.node(node), offsetMs, driftPpm, sinceMs: atMs },
    atMs,
    lastsMs: durationMs,
  };
}

function partitionOf(fault: PartitionFault | IsolateFault, map: EndpointMap): Lasting {
  const affliction = { kind: 'PARTITION', cut: cutBy(fault, map), where: whereCut(fault) } as const;
  return { affliction, atMs: fault.atMs, lastsMs: fault.healAfterMs };
}

function slowLinkOf(fault: SlowLinkFault, map: EndpointMap): Lasting {
  const { factor, extraMs, atMs, durationMs } = fault;
  const affliction: LinkTrouble = {
    kind: 'SLOW_LINK',
    reach: map.reachedBy(fault),
    condition: { ...SOUND_LINK, factor, extraMs },
    where: whereReached(fault),
  };
  return { affliction, atMs, lastsMs: durationMs };
}

function lossyLinkOf(fault: LossyLinkFault, map: EndpointMap): Lasting {
  const { loss, duplication, atMs, durationMs } = fault;
  const affliction: LinkTrouble = {
    kind: 'LOSSY_LINK',
    reach: map.reachedBy(fault),
    condition: { ...SOUND_LINK, loss, duplication },
    where: whereReached(fault),
  };
  return { affliction, atMs, lastsMs: durationMs };
}
