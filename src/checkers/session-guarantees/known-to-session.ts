import type { Operation, OperationKind } from '../../model/operation';
import { RowTable } from '../../model/row-table';
import { isOlder, type Version } from '../../model/version';
import { OPERATION_ROW_WIDTH, operationAt, ownerOf, remember, versionAt } from '../operation-rows';

type Place = Pick<Operation, 'session' | 'key'>;

/**
 * Per session and key, the operation of one kind with the newest version: grows with what sessions touch, not with
 * time.
 */
export class KnownToSession {
  private readonly table = new RowTable(OPERATION_ROW_WIDTH);
  private readonly version = { epoch: 0, lsn: 0 };

  constructor(
    private readonly keys: number,
    private readonly kind: OperationKind,
  ) {}

  /** Good until the next call; null when the session knows of none. */
  newestVersion(place: Place): Version | null {
    const offset = this.table.find(ownerOf(place, this.keys));
    return offset === -1 ? null : versionAt(this.table.rows, offset, this.version);
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
    if (isOlder(versionAt(rows, offset, this.version), operation.version))
      remember(rows, offset, operation, owner);
  }
}
