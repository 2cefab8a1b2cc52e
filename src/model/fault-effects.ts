import type { FaultKind } from './observer';

/** What takes the nodes that it names down: whatever they believed is forgotten. */
export const DOWN_FAULTS: readonly FaultKind[] = ['CRASH', 'UPGRADE', 'FENCED', 'DATACENTER_OUTAGE'];

/**
 * What takes something away from the clients, so that there is something to recover from; what is slow or wrong goes on, and
 * that a node is fenced is a part of the recovery from something else.
 */
export const HARMFUL_FAULTS: readonly FaultKind[] = [
  'CRASH',
  'UPGRADE',
  'DATACENTER_OUTAGE',
  'PAUSE',
  'PARTITION',
];
