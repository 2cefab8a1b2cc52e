import type { LogEntry } from '../../engine/message';
import { invariant } from '../../model/invariant';
import { EFFECT_CODES } from '../../model/operation';
import type { Value } from '../../model/value';
import { SortedItems } from './sorted-items';

type Write = Pick<LogEntry, 'key' | 'operation' | 'effect' | 'operand'>;

/** The values of some keys, or of all, at a moment; nobody changes it. */
export interface KeyValuesCopy {
  /** Null: all of them, in their order. */
  readonly keys: readonly number[] | null;
  readonly values: readonly Value[];
}

/** The values of a replica's keys, made by the effects of the writes in the order in which it applies them. */
export class KeyValues {
  /** Of registers the id of the write, of counters the sum. */
  private readonly numbers: Float64Array;
  private readonly hasNumber: Uint8Array;
  /** By key; only where the workload has sets. */
  private readonly sets = new Map<number, SortedItems>();

  constructor(keys: number) {
    this.numbers = new Float64Array(keys);
    this.hasNumber = new Uint8Array(keys);
  }

  /** @param variation what the effect differs by here from that of the write; 0 for one that is the same everywhere */
  apply(write: Write, variation = 0): void {
    const { key } = write;
    switch (write.effect) {
      case EFFECT_CODES.SET:
        this.setNumber(key, write.operation + variation);
        break;
      case EFFECT_CODES.DELETE:
        this.hasNumber[key] = 0;
        this.numbers[key] = 0;
        break;
      case EFFECT_CODES.INCREMENT:
        this.setNumber(key, this.numbers[key] + write.operand + variation);
        break;
      case EFFECT_CODES.ADD:
        this.itemsOf(key).add(write.operand + variation);
        break;
      case EFFECT_CODES.REMOVE:
        this.itemsOf(key).delete(write.operand + variation);
        break;
      default:
        invariant(false, `there is no effect ${write.effect}`);
    }
  }

  /** Good for ever: a set that was handed out is copied before it changes. */
  valueFor(key: number): Value {
    const items = this.sets.size === 0 ? undefined : this.sets.get(key);
    if (items !== undefined && items.size > 0) return items.all();
    return this.hasNumber[key] === 1 ? this.numbers[key] : null;
  }

  /** @param keys null: all */
  copyOf(keys: readonly number[] | null): KeyValuesCopy {
    const values = keys ?? Array.from(this.numbers, (_, key) => key);
    return { keys, values: values.map((key) => this.valueFor(key)) };
  }

  install({ keys, values }: KeyValuesCopy): void {
    values.forEach((value, index) => {
      this.become(keys === null ? index : keys[index], value);
    });
  }

  private become(key: number, value: Value): void {
    this.hasNumber[key] = typeof value === 'number' ? 1 : 0;
    this.numbers[key] = typeof value === 'number' ? value : 0;
    this.sets.delete(key);
    if (typeof value === 'object' && value !== null) for (const item of value) this.itemsOf(key).add(item);
  }

  private setNumber(key: number, value: number): void {
    this.numbers[key] = value;
    this.hasNumber[key] = 1;
  }

  private itemsOf(key: number): SortedItems {
    const known = this.sets.get(key);
    if (known !== undefined) return known;
    const items = new SortedItems();
    this.sets.set(key, items);
    return items;
  }
}
