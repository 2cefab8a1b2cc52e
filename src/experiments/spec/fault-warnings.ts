import type { Warning } from '../../model/problem';
import { EndpointMap } from '../../model/spec/endpoint-map';
import type { ExperimentSpec } from '../../model/spec/experiment';
import type { FaultReach, FaultSpec } from '../../model/spec/fault';
import type { NemesisKind } from '../../model/spec/nemesis';
import { expectedOperations } from './expected-operations';
import { nodesOf } from '../../model/spec/topology';
import { grouped } from '../../model/text';
import { faultNamed, warningOf } from './fault-wording';

/** Scheduled faults, or kinds of the nemesis, that cannot change anything. */
export function faultsWithoutEffect(spec: ExperimentSpec): Warning | null {
  const map = new EndpointMap(nodesOf(spec.cluster), spec.workload.clients);
  const found = spec.faults.flatMap((fault, index) => {
    const reason = whyNothing(fault, { spec, map });
    return reason === null ? [] : [`${faultNamed(fault, index)} changes nothing: ${reason}`];
  });
  if (hasNemesis(spec, 'PARTITION') && partable(spec, map) < 2)
    found.push('The nemesis parts nobody: it has only one node to part');
  return warningOf('FAULT_WITHOUT_EFFECT', found);
}

/** Faults that change nothing for good and are over before a client is likely to ask for anything. */
export function faultsUnnoticed({ cluster, workload, faults }: ExperimentSpec): Warning | null {
  // A probe ends long before its duration, so it has no rate that could be told.
  if (workload.probe !== null) return null;
  const perMs = expectedOperations({ cluster, workload: { ...workload, warmupMs: 0 } }) / workload.durationMs;
  const found = faults.flatMap((fault, index) => {
    const lastsMs = passingMs(fault);
    if (lastsMs === null || lastsMs * perMs >= 1) return [];
    return [
      `${faultNamed(fault, index)} lasts ${grouped(String(lastsMs))} ms, in which ` +
        `${Number((lastsMs * perMs).toPrecision(2))} operations arrive on average: probably nobody notices it`,
    ];
  });
  return warningOf('FAULT_UNNOTICED', found);
}

interface Surroundings {
  readonly spec: ExperimentSpec;
  readonly map: EndpointMap;
}

/** Null if it changes something. */
function whyNothing(fault: FaultSpec, { spec, map }: Surroundings): string | null {
  if ('slowLink' in fault || 'lossyLink' in fault) return whyLinkStaysSound(fault, map);
  if ('restart' in fault) return mayBeDown(fault.restart, spec) ? null : 'the node cannot be down then';
  if ('heal' in fault) return mayBeParted(fault.heal.atMs, spec) ? null : 'nobody can be parted then';
  if ('slowDisk' in fault) return fault.slowDisk.factor === 1 ? 'its factor is 1' : null;
  if (!('clockSkew' in fault)) return null;
  const { offsetMs, driftPpm } = fault.clockSkew;
  return offsetMs === 0 && driftPpm === 0 ? 'it has neither offset nor drift' : null;
}

type LinkFault = Extract<FaultSpec, { readonly slowLink: unknown } | { readonly lossyLink: unknown }>;

function whyLinkStaysSound(fault: LinkFault, map: EndpointMap): string | null {
  if ('slowLink' in fault) {
    const { factor, extraMs } = fault.slowLink;
    if (factor === 1 && extraMs === 0) return 'its factor is 1 and nothing is added';
    return whyNoLink(fault.slowLink, map);
  }
  const { loss, duplication } = fault.lossyLink;
  return loss === 0 && duplication === 0 ? 'its probabilities are 0' : whyNoLink(fault.lossyLink, map);
}

function whyNoLink(reach: FaultReach, map: EndpointMap): string | null {
  const carries = map.reachedBy(reach).some(({ from, to }) => {
    const pairs = from.length * to.length;
    return from === to ? pairs > 1 : pairs > 0;
  });
  return carries ? null : 'nobody sends anything there';
}

/** Whether an outage of its own that began before may last. */
function mayBeDown(
  { node, atMs }: { readonly node: string; readonly atMs: number },
  { faults, nemesis }: ExperimentSpec,
): boolean {
  if (nemesis !== null && nemesis.kinds.includes('CRASH') && (nemesis.nodes?.includes(node) ?? true))
    return true;
  return faults.some((fault) => {
    if ('crash' in fault) return fault.crash.node === node && fault.crash.atMs < atMs;
    if (!('rollingUpgrade' in fault)) return false;
    const { nodes, atMs: beginMs } = fault.rollingUpgrade;
    return beginMs < atMs && (nodes?.includes(node) ?? true);
  });
}

function mayBeParted(atMs: number, spec: ExperimentSpec): boolean {
  if (hasNemesis(spec, 'PARTITION')) return true;
  return spec.faults.some((fault) => {
    if ('partition' in fault) return fault.partition.atMs < atMs;
    return 'isolate' in fault && fault.isolate.atMs < atMs;
  });
}

function hasNemesis({ nemesis }: ExperimentSpec, kind: NemesisKind): boolean {
  return nemesis !== null && nemesis.kinds.includes(kind);
}

function partable({ nemesis }: ExperimentSpec, map: EndpointMap): number {
  return nemesis?.nodes?.length ?? map.nodeCount;
}

/** How long a fault lasts that is felt only by what is sent meanwhile; null for all others. */
function passingMs(fault: FaultSpec): number | null {
  if ('pause' in fault) return fault.pause.durationMs;
  if ('partition' in fault) return fault.partition.healAfterMs;
  if ('isolate' in fault) return fault.isolate.healAfterMs;
  if ('slowLink' in fault) return fault.slowLink.durationMs;
  return 'lossyLink' in fault ? fault.lossyLink.durationMs : null;
}
