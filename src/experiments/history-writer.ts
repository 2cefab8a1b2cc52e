import { insist } from './insist';
import type { Claim, RunHistory } from './ports/records';
import type { ShardStore } from './ports/stores';

/**
 * Writes the histories of a shard's runs while the next runs are simulated, one after the other. Those that wait are in memory:
 * at most `HISTORIES_KEPT`, each seldom of more than half a megabyte.
 */
export class HistoryWriter {
  private last: Promise<void> = Promise.resolve();
  private hasGivenUp = false;

  constructor(
    private readonly shards: Pick<ShardStore, 'keepHistory'>,
    private readonly claim: Claim,
    /** Aborted when the worker is to stop: then a database that is away is not waited for. */
    private readonly stopping: AbortSignal,
  ) {}

  /** Returns at once. */
  write(history: RunHistory): void {
    this.last = this.last.then(() => this.writeNext(history));
    // Whoever waits for it is told; nobody may, when the lease is lost.
    this.last.catch(() => undefined);
  }

  /**
   * Resolves when all that came are written: true; or when some cannot be, as the lease is lost or the database stays away: false.
   * Rejects with what else went wrong.
   */
  async written(): Promise<boolean> {
    await this.last;
    return !this.hasGivenUp;
  }

  /** Once the lease is lost, or the database away from a worker that stops, nothing more can count. */
  private async writeNext(history: RunHistory): Promise<void> {
    if (this.hasGivenUp) return;
    const written = await insist(() => this.shards.keepHistory(this.claim, history), this.stopping);
    this.hasGivenUp = written !== true;
  }
}
