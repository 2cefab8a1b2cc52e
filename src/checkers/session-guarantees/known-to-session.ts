import type { Operation, OperationKind } from '../../model/operation';
import { RowTable } from '../../model/row-table';
import { numberOf } from '../../model/version-number';
import { OPERATION_ROW_WIDTH, operationAt, ownerOf, remember, VERSION } from '../operation-rows';

type Place = Pick<Operation, 'session' | 'key'>;

/**
 * Per session and key, the operation of one kind with the newest version: grows with what sessions touch, not with
 * time.
 */
export class KnownToSession {
  private readonly table = new RowTable(OPERATION_ROW_WIDTH);

  constructor(
    private readonly keys: number,
    private readonly kind: OperationKind,
  ) {}

  /** The number of its version (`numberOf`), 0 when the session knows of none. */
  newestVersion(place: Place): number {
    const offset = this.table.find(ownerOf(place, this.keys));
    return offset === -1 ? 0 : this.table.rows[offset + VERSION];
  }

  /** Whole, in plain data; null when the session knows of none. */
  newest(place: Place): Operation | null {
    const offset = this.table.find(ownerOf(place, this.keys));
    return offset === -1 ? null : operationAt(this.table.rows, offset, { kind: this.kind, keys: this.keys });
  }

  /** An absent key is older than everything, so a read of one can never contradict another. */
  learn(operation: Operation): void {
    if (operation.version === null) return;
    const owner = ownerOf(operation, this.keys);
    const offset = this.table.claim(owner);
    const { rows } = this.table;
    if (rows[offset + VERSION] < numberOf(operation.version)) remember(rows, offset, operation, owner);
  }
}
