import type { Moment } from '../../support/notation/moments';
import type { Told } from './told';
import { toldOf } from './told';

/** The history as if there were no other operations: what nodes did to others did not happen, all else stays. */
export function restrictedTo(operations: readonly number[], told: Told): Told {
  const kept = new Set(operations);
  return toldOf({
    ...told,
    moments: told.moments.filter((moment) => operationsIn(moment).every((id) => kept.has(id))),
  });
}

function operationsIn(moment: Moment): readonly number[] {
  switch (moment.kind) {
    case 'INVOKED':
    case 'ENDED':
      return [moment.operation.id];
    case 'COMMITTED':
      return [moment.commit.operation];
    case 'DISCARDED':
      return [moment.discard.operation];
    case 'RECONCILED':
      return moment.reconciliation.operations;
    default:
      return [];
  }
}
