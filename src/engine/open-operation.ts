import type { Operation, OperationKind, Outcome } from '../model/operation';
import type { Version } from '../model/version';

/** An operation from its arrival to its end; used again afterwards, so an observer copies what it keeps. */
export class OpenOperation implements Operation {
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

  /** The client's own: a uniform number in [0, 1) by which its read is routed, and who waits behind it. */
  routingChoice = 0.5;
  next: OpenOperation | null = null;
  private readonly answeredVersion = { epoch: 0, lsn: 0 };

  /** Before it is sent nothing is known of its end. */
  begin(client: number): void {
    this.client = client;
    this.outcome = 'UNKNOWN';
    this.version = null;
    this.node = null;
    this.next = null;
  }

  answered({
    node,
    epoch,
    lsn,
  }: {
    readonly node: number;
    readonly epoch: number;
    readonly lsn: number;
  }): void {
    this.outcome = 'OK';
    this.node = node;
    if (lsn === 0) return;
    this.answeredVersion.epoch = epoch;
    this.answeredVersion.lsn = lsn;
    this.version = this.answeredVersion;
  }
}
