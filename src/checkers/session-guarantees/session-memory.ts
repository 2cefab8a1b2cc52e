import type { RunOutline } from '../../model/observer';
import type { Operation, OperationKind } from '../../model/operation';
import { ownerOf } from '../operation-rows';
import { OperationLog } from './operation-log';
import { PairVersions, READ, WRITTEN } from './pair-versions';

type About = Pick<Operation, 'session' | 'key'>;

/**
 * Per session and key, the newest write and the newest read. Versions, which are looked at for every read, take memory with what
 * sessions touch; for operations, which only a witness asks for, see `OperationLog`.
 */
export class SessionMemory {
  private readonly versions: PairVersions;
  private readonly writes: OperationLog;
  private readonly reads: OperationLog;
  private readonly keys: number;

  constructor({ sessions, keys }: Pick<RunOutline, 'sessions' | 'keys'>) {
    this.keys = keys;
    this.versions = new PairVersions(sessions * keys);
    this.writes = this.logOf('WRITE', WRITTEN);
    this.reads = this.logOf('READ', READ);
  }

  /** The number of the version, 0 when the session knows of none. */
  writtenVersion(about: About): number {
    return this.versions.newest(ownerOf(about, this.keys), WRITTEN);
  }

  readVersion(about: About): number {
    return this.versions.newest(ownerOf(about, this.keys), READ);
  }

  /** Takes note of an operation answered OK with that version, not 0, if it is the newest of its kind. */
  learn(operation: Operation, version: number): void {
    const pair = ownerOf(operation, this.keys);
    const isRead = operation.kind === 'READ';
    if (this.versions.raise(pair, isRead ? READ : WRITTEN, version))
      (isRead ? this.reads : this.writes).add(operation, pair);
  }

  /** The operation of that kind with the newest version, in plain data; there must be one. */
  newest(about: About, kind: OperationKind): Operation {
    return (kind === 'READ' ? this.reads : this.writes).newest(ownerOf(about, this.keys));
  }

  private logOf(kind: OperationKind, column: number): OperationLog {
    return new OperationLog({
      kind,
      keys: this.keys,
      newestVersion: (pair) => this.versions.newest(pair, column),
    });
  }
}
