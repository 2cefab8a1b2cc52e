import { grouped } from '../../text';
import type { Problems } from '../../problem';
import type { Crossing, EndpointMap } from '../endpoint-map';
import type { FaultSpec } from '../fault';
import { FAULT_CHANGES_PER_RUN_MAX, FAULT_STEPS_PER_RUN_MAX, NEMESIS_FAULTS_PER_RUN_MAX } from '../limits';
import { NODE_NEMESIS_KINDS, type NemesisKind, type NemesisSpec } from '../nemesis';
import type { WorkloadSpec } from '../workload';
import { cutBy, cutByOutage } from './sides';

/** The faults of a run, for a cluster that is known. */
export interface FaultLoad {
  readonly faults: readonly FaultSpec[];
  readonly nemesis: NemesisSpec | null;
  readonly workload: Pick<WorkloadSpec, 'durationMs' | 'warmupMs' | 'probe'>;
  readonly map: EndpointMap;
}

/** Refuses faults that would keep a run busier than its clients may; `place` is the experiment's. */
export function refuseTooManyFaults(place: Problems, load: FaultLoad): void {
  const steps = load.faults.reduce((sum, fault) => sum + stepsOf(fault, load.map), 0);
  if (steps > FAULT_STEPS_PER_RUN_MAX)
    place
      .at('faults')
      .add(
        'BUDGET_EXCEEDED',
        `They begin and end ${grouped(steps)} times; at most ${grouped(FAULT_STEPS_PER_RUN_MAX)} are allowed.`,
      );
  const random = expectedNemesisFaults(load);
  if (random > NEMESIS_FAULTS_PER_RUN_MAX)
    place
      .at('nemesis')
      .add(
        'BUDGET_EXCEEDED',
        `It would cause about ${grouped(Math.round(random))} faults in a run; ` +
          `at most ${grouped(NEMESIS_FAULTS_PER_RUN_MAX)} are allowed.`,
      );
  else refuseTooManyChanges(place, load);
}

/** Good and bad times of all that the nemesis hits, in the whole run, on average. */
export function expectedNemesisFaults({ nemesis, workload, map }: Omit<FaultLoad, 'faults'>): number {
  if (nemesis === null) return 0;
  const nodes = nemesis.nodes?.length ?? map.nodeCount;
  const fates = nemesis.kinds.reduce((sum, kind) => sum + (isNodeKind(kind) ? nodes : 1), 0);
  return fates * cyclesOf(nemesis, workload);
}

function refuseTooManyChanges(place: Problems, load: FaultLoad): void {
  const { faults, nemesis, workload, map } = load;
  const scheduled = faults.reduce((sum, fault) => sum + changesOf(fault, map), 0);
  const each = nemesis === null ? 0 : nemesisChanges(nemesis, map);
  const random = nemesis === null ? 0 : each * cyclesOf(nemesis, workload);
  if (scheduled + random <= FAULT_CHANGES_PER_RUN_MAX) return;
  place
    .at(random > scheduled ? 'nemesis' : 'faults')
    .add(
      'BUDGET_EXCEEDED',
      `A run's faults would change nodes and links (ordered pairs of nodes and client groups) about ` +
        `${grouped(Math.round(scheduled + random))} times; at most ${grouped(FAULT_CHANGES_PER_RUN_MAX)} are allowed.`,
    );
}

function isNodeKind(kind: NemesisKind): boolean {
  return NODE_NEMESIS_KINDS.some((nodeKind) => nodeKind === kind);
}

/** A probe ends with its last read, long before its thirty days: how many faults it meets nobody knows. */
function cyclesOf(nemesis: NemesisSpec, { durationMs, warmupMs, probe }: FaultLoad['workload']): number {
  if (probe !== null) return 0;
  return (durationMs + warmupMs) / (nemesis.meanTimeToFailureMs + nemesis.meanTimeToRepairMs);
}

/** How often a fault begins or ends. */
function stepsOf(fault: FaultSpec, map: EndpointMap): number {
  if ('restart' in fault || 'heal' in fault) return 1;
  return 'rollingUpgrade' in fault ? 2 * (fault.rollingUpgrade.nodes?.length ?? map.nodeCount) : 2;
}

/** How many nodes and links a fault changes, and changes back. */
function changesOf(fault: FaultSpec, map: EndpointMap): number {
  if ('partition' in fault) return 2 * pairsOf(cutBy(fault.partition, map));
  if ('isolate' in fault) return 2 * pairsOf(cutBy(fault.isolate, map));
  if ('slowLink' in fault) return 2 * pairsOf(map.reachedBy(fault.slowLink));
  if ('lossyLink' in fault) return 2 * pairsOf(map.reachedBy(fault.lossyLink));
  if (!('datacenterOutage' in fault)) return stepsOf(fault, map);
  const { datacenter } = fault.datacenterOutage;
  return 2 * (map.inDatacenter(datacenter).length + pairsOf(cutByOutage(datacenter, map)));
}

/** The most that one good and one bad time of everything the nemesis hits may change. */
function nemesisChanges({ kinds, nodes }: NemesisSpec, map: EndpointMap): number {
  const hit = nodes?.length ?? map.nodeCount;
  const everybody = map.all.length;
  return kinds.reduce((sum, kind) => {
    if (isNodeKind(kind)) return sum + 2 * hit;
    return sum + (kind === 'PARTITION' ? hit * hit : 2 * everybody * everybody);
  }, 0);
}

function pairsOf(crossings: readonly Crossing[]): number {
  return crossings.reduce((sum, { from, to }) => sum + from.length * to.length, 0);
}
