import type { LogFormat } from '../settings/log';
import type { ShardHost } from '../shard-host';

/**
 * Which logs a node can read. Rows and statements mean the same in every version of the software; the bytes of a WAL only in the
 * version that wrote them (PostgreSQL 18, "Upgrading Data via pg_upgrade" and "Log-Shipping Standby Servers": both must be of one
 * major version).
 */
export class SoftwareVersions {
  /** The version under which this node last ran, and where in its log that began. */
  private known: number;
  private since = 0;

  constructor(
    private readonly host: ShardHost,
    private readonly format: LogFormat,
  ) {
    this.known = host.softwareVersion;
  }

  /** The node runs again, perhaps upgraded, with a log that ends there. */
  onRestart(end: number): void {
    if (this.host.softwareVersion === this.known) return;
    this.known = this.host.softwareVersion;
    this.since = end;
  }

  /** The log ends there now: what follows is of this version. */
  onCut(end: number): void {
    this.since = Math.min(this.since, end);
  }

  /** Whether a node of that version can apply what this one writes. */
  areCompatible(version: number): boolean {
    return this.format !== 'WAL' || version === this.host.softwareVersion;
  }

  /** Whether a node of this one's version can apply its log behind that LSN. */
  canReadFrom(lsn: number): boolean {
    return this.format !== 'WAL' || lsn >= this.since;
  }
}
