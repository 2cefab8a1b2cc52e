import type { ObservedOperation, RunOutline } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { numberOf } from '../../model/version-number';
import type { OperationMemory } from './operation-memory';

const enum Column {
  /** Its number; 0 before the first. */
  Version,
  Operation,
}
const WIDTH = 2;

/**
 * The newest acknowledged write of each key, and for each read under way the one that was so when it was sent: what that read
 * must be able to see. For totally ordered versions; the work is constant.
 */
export class AcknowledgedAtSend {
  /** Per key. */
  private readonly newest: Float64Array;
  /** Per read under way, by its place. */
  private readonly atSend: Float64Array;

  constructor(
    { keys, sessions }: Pick<RunOutline, 'keys' | 'sessions'>,
    private readonly memory: OperationMemory,
  ) {
    this.newest = new Float64Array(WIDTH * keys);
    this.atSend = new Float64Array(WIDTH * sessions);
  }

  /** @param write answered OK */
  acknowledged({ id, key, version }: Operation): void {
    const row = WIDTH * key;
    const number = numberOf(version);
    if (this.newest[row + Column.Version] >= number) return;
    this.newest[row + Column.Version] = number;
    this.newest[row + Column.Operation] = id;
  }

  sent({ place, key }: Pick<ObservedOperation, 'place' | 'key'>): void {
    this.atSend[WIDTH * place + Column.Version] = this.newest[WIDTH * key + Column.Version];
    this.atSend[WIDTH * place + Column.Operation] = this.newest[WIDTH * key + Column.Operation];
  }

  /** The number of the version; 0 if there was none. */
  versionAtSend({ place }: Pick<ObservedOperation, 'place'>): number {
    return this.atSend[WIDTH * place + Column.Version];
  }

  /** In plain data; there must be one. Null if it is forgotten. */
  writeAtSend({ place }: Pick<ObservedOperation, 'place'>): Operation | null {
    return this.memory.find(this.atSend[WIDTH * place + Column.Operation]);
  }
}
