import type { LinkEnds } from '../../model/spec/cluster';
import type { FaultReach, IsolateFault, PartitionFault, PartitionSide } from '../../model/spec/fault';

const NAMES_SHOWN = 5;

/** The place of a partition as its sentence goes on: `between seoul and (a-1, a-2)`. */
export function whereCut(fault: PartitionFault | IsolateFault): string {
  if ('from' in fault) return `from ${sideInWords(fault.from)} to ${sideInWords(fault.to)}`;
  if ('between' in fault)
    return `between ${sideInWords(fault.between[0])} and ${sideInWords(fault.between[1])}`;
  return `between ${'node' in fault ? fault.node : fault.datacenter} and everybody else`;
}

/** The links of a fault as its sentence goes on: `from seoul to tokyo`. */
export function whereReached(reach: FaultReach): string {
  return 'everywhere' in reach ? 'everywhere' : whereEnds(reach);
}

function whereEnds(ends: LinkEnds): string {
  if ('within' in ends) return `within ${ends.within}`;
  if ('from' in ends) return `from ${ends.from} to ${ends.to}`;
  return `between ${ends.between[0]} and ${ends.between[1]}`;
}

function sideInWords(side: PartitionSide): string {
  if (side.length === 1) return side[0];
  const rest = side.length - NAMES_SHOWN;
  const shown = side.slice(0, NAMES_SHOWN).join(', ');
  return rest > 0 ? `(${shown} and ${rest} more)` : `(${shown})`;
}
