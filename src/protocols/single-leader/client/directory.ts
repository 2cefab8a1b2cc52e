import type { Redirection } from '../settings/failover';

export interface DirectorySettings {
  readonly shards: number;
  /** Who leads every shard when the run begins. */
  readonly leader: number;
  readonly redirection: Redirection;
}

/**
 * What one client group believes about who leads which shard.
 *
 * Leaders say where they are; when clients act on it is a matter of their way there. A virtual IP leads to whoever took it over.
 * A DNS record is kept for its time to live and asked for again by the first operation after that. A proxy looks at regular times.
 */
export class Directory {
  /** By shard: what is said to be true, since which epoch, and what the clients go by. */
  private readonly published: Int32Array;
  private readonly epochs: Int32Array;
  private readonly believed: Int32Array;
  private refreshedAtMs = -Infinity;

  constructor(private readonly settings: DirectorySettings) {
    const { shards, leader } = settings;
    this.published = new Int32Array(shards).fill(leader);
    this.believed = new Int32Array(shards).fill(leader);
    this.epochs = new Int32Array(shards);
  }

  /** A node says that it leads a shard. */
  publish(shard: number, { node, epoch }: { readonly node: number; readonly epoch: number }): void {
    if (epoch < this.epochs[shard]) return;
    this.epochs[shard] = epoch;
    this.published[shard] = node;
    if ('virtualIp' in this.settings.redirection) this.believed[shard] = node;
  }

  /** The node that an operation which begins now goes to. */
  leaderOf(shard: number, nowMs: number): number {
    this.refresh(nowMs);
    return this.believed[shard];
  }

  private refresh(nowMs: number): void {
    const { redirection } = this.settings;
    if ('virtualIp' in redirection) return;
    if ('dns' in redirection) this.refreshAt(nowMs, redirection.dns.ttlMs);
    else {
      const { checkIntervalMs } = redirection.proxy;
      this.refreshAt(Math.floor(nowMs / checkIntervalMs) * checkIntervalMs, checkIntervalMs);
    }
  }

  /** @param keptMs for how long what was found is good */
  private refreshAt(atMs: number, keptMs: number): void {
    if (atMs < this.refreshedAtMs + keptMs) return;
    this.refreshedAtMs = atMs;
    this.believed.set(this.published);
  }
}
