import type { ObservedOperation } from '../../../model/observer';
import { isVectorVersion } from '../../../model/version';

/** So many numbers of lists are remembered: items that were read, and version vectors. */
export const NUMBERS_KEPT_MAX = 200_000;

/** The items that it read; none if it read no set, or one of more items than could be kept. */
export function itemsOf({ value }: Pick<ObservedOperation, 'value'>): readonly number[] {
  return typeof value === 'object' && value !== null && !isTooLong(value) ? value : NONE;
}

/** How many numbers its lists take: the vector of its version, and its items. */
export function numbersOf(operation: Pick<ObservedOperation, 'value' | 'version'>): number {
  const { version } = operation;
  const items = itemsOf(operation).length;
  return version !== null && isVectorVersion(version) ? version.vector.length + items : items;
}

/** In one number: the value that a read returned, or how many items; of a write the operand. NaN where there is none. */
export function valueNumberOf(operation: Pick<ObservedOperation, 'kind' | 'value' | 'operand'>): number {
  const { kind, value, operand } = operation;
  if (kind === 'WRITE') return operand;
  if (value === null) return NaN;
  if (typeof value === 'number') return value;
  return isTooLong(value) ? NaN : value.length;
}

const NONE: readonly number[] = [];
/** Half of what there is: the other half is more than the vectors of any number of nodes. */
const ITEMS_MAX = NUMBERS_KEPT_MAX / 2;

function isTooLong(items: readonly number[]): boolean {
  return items.length > ITEMS_MAX;
}
