import type { Operation, OperationKind, Outcome } from '../model/operation';
import type { Version } from '../model/version';

/** What a checker keeps of an operation; used again for another, so that nothing is allocated while a run goes on. */
export class RememberedOperation implements Operation {
  id = 0;
  kind: OperationKind = 'READ';
  session = 0;
  client = 0;
  key = 0;
  arrivedAtMs = 0.5;
  invokedAtMs = 0.5;
  completedAtMs = 0.5;
  outcome: Outcome = 'UNKNOWN';
  version: Version | null = null;
  node: number | null = null;
  private readonly ownVersion = { epoch: 0, lsn: 0 };

  /** Takes over everything: the engine may use the operation it handed over again. */
  take(operation: Operation): void {
    this.id = operation.id;
    this.kind = operation.kind;
    this.session = operation.session;
    this.client = operation.client;
    this.key = operation.key;
    this.arrivedAtMs = operation.arrivedAtMs;
    this.invokedAtMs = operation.invokedAtMs;
    this.completedAtMs = operation.completedAtMs;
    this.outcome = operation.outcome;
    this.node = operation.node;
    this.takeVersion(operation.version);
  }

  private takeVersion(version: Version | null): void {
    this.version = version === null ? null : this.ownVersion;
    if (version === null) return;
    this.ownVersion.epoch = version.epoch;
    this.ownVersion.lsn = version.lsn;
  }
}

/** A copy in plain data, for a witness. */
export function copyOf(operation: Operation): Operation {
  const { version } = operation;
  return {
    id: operation.id,
    kind: operation.kind,
    session: operation.session,
    client: operation.client,
    key: operation.key,
    arrivedAtMs: operation.arrivedAtMs,
    invokedAtMs: operation.invokedAtMs,
    completedAtMs: operation.completedAtMs,
    outcome: operation.outcome,
    version: version === null ? null : { epoch: version.epoch, lsn: version.lsn },
    node: operation.node,
  };
}
