import type { Cause, LogEntry } from '../../../engine/message';
import type { Storage } from '../log/storage';
import { Kind } from '../messages';
import type { Plan } from '../plan';
import type { ShardHost } from '../shard-host';

export interface ApplierParts {
  readonly host: ShardHost;
  readonly plan: Plan;
  readonly storage: Storage;
  /** Whether this node has applied a write of another shard. */
  readonly hasApplied: (cause: Cause) => boolean;
  readonly onApplied: () => void;
}

/**
 * Applies what is flushed, entry after entry, each when its turn in the node's queue has come. Where causes are tracked, an
 * entry waits for what it answers, and all behind it wait with it.
 */
export class Applier {
  /** Work was taken up for the entries up to here, and is done up to there. */
  private begun = 0;
  private done = 0;
  private isPromoting = false;

  constructor(private readonly parts: ApplierParts) {}

  /** The log was cut or replaced, or the node runs again: what was under way is void. */
  restart(): void {
    this.begun = this.parts.storage.applied;
    this.done = this.begun;
    this.isPromoting = false;
  }

  /** The node is about to lead: all of its log is applied, whatever it answers. */
  waitForNothing(): void {
    this.isPromoting = true;
    this.onFlushed();
    this.drain();
  }

  /** Takes up the work for all that is flushed. */
  onFlushed(): void {
    const { host, storage, plan } = this.parts;
    while (this.begun < storage.flushed)
      host.undertake(Kind.Apply, { lsn: ++this.begun, work: plan.applyWork });
  }

  /** The work for an entry is done. */
  onWorked(lsn: number): void {
    if (lsn !== this.done + 1 || lsn > this.begun) return;
    this.done = lsn;
    this.drain();
  }

  /** Applies whatever waits no longer for anything. */
  drain(): void {
    const { storage, hasApplied } = this.parts;
    let isAny = false;
    while (storage.applied < this.done) {
      const cause = storage.log.causeAt(storage.applied + 1);
      if (cause !== null && !this.isPromoting && !hasApplied(cause)) break;
      this.tell(storage.applyNext());
      isAny = true;
    }
    if (isAny) this.parts.onApplied();
  }

  /** One that had led may have committed the write itself: that was told. */
  private tell(entry: LogEntry): void {
    const { host, storage } = this.parts;
    if (entry.lsn <= storage.told) return;
    storage.told = entry.lsn;
    host.applied(entry);
  }
}
