import type { Operation, OperationKind } from '../../model/operation';
import type { RunOutline } from '../../model/observer';
import { numberOf } from '../../model/version-number';
import { OPERATION_ROW_WIDTH, operationAt, ownerOf, remember } from '../operation-rows';
import { SparseSlots } from './sparse-slots';

type Place = Pick<Operation, 'session' | 'key'>;

/**
 * Per session and key, the operation of one kind with the newest version: grows with what sessions touch, not with
 * time.
 *
 * Versions are looked at for every read, operations only for a witness: they lie apart, so that the versions of many
 * sessions stay in the cache.
 */
export class KnownToSession {
  private readonly slots: SparseSlots;
  private readonly keys: number;
  /** By slot: the number of the newest version (`numberOf`). */
  private versions = new Float64Array(INITIAL_SLOTS);
  /** By slot: the row of its operation. */
  private operations = new Float64Array(OPERATION_ROW_WIDTH * INITIAL_SLOTS);

  constructor(
    { sessions, keys }: Pick<RunOutline, 'sessions' | 'keys'>,
    private readonly kind: OperationKind,
  ) {
    this.keys = keys;
    this.slots = new SparseSlots(sessions * keys);
  }

  /** The number of its version, 0 when the session knows of none. */
  newestVersion(place: Place): number {
    const slot = this.slots.find(ownerOf(place, this.keys));
    return slot === -1 ? 0 : this.versions[slot];
  }

  /** Whole, in plain data; null when the session knows of none. */
  newest(place: Place): Operation | null {
    const slot = this.slots.find(ownerOf(place, this.keys));
    if (slot === -1) return null;
    return operationAt(this.operations, OPERATION_ROW_WIDTH * slot, { kind: this.kind, keys: this.keys });
  }

  /** An absent key is older than everything, so a read of one can never contradict another. */
  learn(operation: Operation): void {
    const version = numberOf(operation.version);
    if (version === 0) return;
    const owner = ownerOf(operation, this.keys);
    const slot = this.slots.claim(owner);
    if (slot === this.versions.length) this.grow();
    if (this.versions[slot] >= version) return;
    this.versions[slot] = version;
    remember(this.operations, OPERATION_ROW_WIDTH * slot, operation, owner);
  }

  private grow(): void {
    const { versions, operations } = this;
    this.versions = new Float64Array(2 * versions.length);
    this.versions.set(versions);
    this.operations = new Float64Array(2 * operations.length);
    this.operations.set(operations);
  }
}

const INITIAL_SLOTS = 64;
