import type { RunOutline } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { OPERATION_ROW_WIDTH, operationAt, ownerOf, remember } from '../operation-rows';
import { SparseSlots } from './sparse-slots';

/** Of a session and a key: the newest version that the session wrote, and the newest that it read. */
const PAIR = 2;
const READ = 1;
const UNKNOWN = -1;
const INITIAL_SLOTS = 64;

/**
 * Per session and key, the newest write and the newest read: grows with what sessions touch, not with time.
 *
 * Sessions and keys are many, so whatever is looked up for an operation is likely to be far away. Both versions therefore lie
 * side by side, and once the slots are listed every pair has its own place, where it is found without asking for its slot;
 * the operations, which only a witness asks for, lie apart.
 */
export class SessionMemory {
  private readonly slots: SparseSlots;
  private readonly keys: number;
  private readonly pairs: number;
  /** Numbers of versions (`numberOf`), 0 where none is known: by slot, or by pair when `isByPair`. */
  private versions = new Float64Array(PAIR * INITIAL_SLOTS);
  private isByPair = false;
  /** By slot, the operations of those versions. */
  private operations = new Float64Array(PAIR * OPERATION_ROW_WIDTH * INITIAL_SLOTS);

  constructor({ sessions, keys }: Pick<RunOutline, 'sessions' | 'keys'>) {
    this.keys = keys;
    this.pairs = sessions * keys;
    this.slots = new SparseSlots(this.pairs);
  }

  /** Where the versions of a session and key are; −1 while nothing is known of them. Good until the next `learn`. */
  find(operation: Pick<Operation, 'session' | 'key'>): number {
    const pair = ownerOf(operation, this.keys);
    return this.isByPair ? pair : this.slots.find(pair);
  }

  writtenVersion(found: number): number {
    return found === UNKNOWN ? 0 : this.versions[PAIR * found];
  }

  readVersion(found: number): number {
    return found === UNKNOWN ? 0 : this.versions[PAIR * found + READ];
  }

  /** Takes note of an operation answered OK with that version, not 0, if it is the newest of its kind. */
  learn(operation: Operation, version: number): void {
    const pair = ownerOf(operation, this.keys);
    const slot = this.slots.claim(pair);
    if (this.isByPair !== this.slots.isListed) this.spread();
    if (PAIR * OPERATION_ROW_WIDTH * slot === this.operations.length) this.grow();
    const place = PAIR * (this.isByPair ? pair : slot) + offsetOf(operation.kind);
    if (this.versions[place] >= version) return;
    this.versions[place] = version;
    remember(this.operations, this.rowOf(slot, operation.kind), operation, pair);
  }

  /** The operation with the newest version of that kind, in plain data; one must be known. */
  newest(about: Pick<Operation, 'session' | 'key'>, kind: Operation['kind']): Operation {
    const slot = this.slots.find(ownerOf(about, this.keys));
    return operationAt(this.operations, this.rowOf(slot, kind), { kind, keys: this.keys });
  }

  private rowOf(slot: number, kind: Operation['kind']): number {
    return OPERATION_ROW_WIDTH * (PAIR * slot + offsetOf(kind));
  }

  private grow(): void {
    const { versions, operations } = this;
    this.operations = new Float64Array(2 * operations.length);
    this.operations.set(operations);
    if (this.isByPair) return;
    this.versions = new Float64Array(2 * versions.length);
    this.versions.set(versions);
  }

  /** From slots to pairs. The slot that was claimed last holds nothing yet. */
  private spread(): void {
    const bySlot = this.versions;
    this.isByPair = true;
    this.versions = new Float64Array(PAIR * this.pairs);
    this.slots.forEach((pair, slot) => {
      this.versions[PAIR * pair] = bySlot[PAIR * slot] ?? 0;
      this.versions[PAIR * pair + READ] = bySlot[PAIR * slot + READ] ?? 0;
    });
  }
}

function offsetOf(kind: Operation['kind']): number {
  return kind === 'READ' ? READ : 0;
}
