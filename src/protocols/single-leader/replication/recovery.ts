import type { ShardHost } from '../shard-host';

/** When a follower that had been down was through with each of the five steps by which it becomes live again (§7). */
export class Recovery {
  private restartedAtMs = 0;
  private positionKnownAtMs: number | null = null;
  private answeredAtMs: number | null = null;
  private caughtUpAtMs: number | null = null;
  private entries = 0;
  private copiedBytes = 0;
  /** There is something to recover from. */
  isUnderWay = false;

  constructor(private readonly host: ShardHost) {}

  /** 1: it runs again. */
  begin(): void {
    this.isUnderWay = true;
    this.restartedAtMs = this.host.nowMs;
    this.positionKnownAtMs = null;
    this.answeredAtMs = null;
    this.caughtUpAtMs = null;
    this.entries = 0;
    this.copiedBytes = 0;
  }

  /** 2: it has read in its log where that ends, at its turn or because it heard a leader before. */
  positionKnown(): void {
    this.positionKnownAtMs ??= this.host.nowMs;
  }

  /** 3: what it asked for begins to come. */
  answered(entries: number): void {
    if (!this.isUnderWay) return;
    this.answeredAtMs ??= this.host.nowMs;
    this.entries += entries;
  }

  copied(bytes: number): void {
    if (!this.isUnderWay) return;
    this.answeredAtMs ??= this.host.nowMs;
    this.copiedBytes += bytes;
  }

  /** 4: it has applied what its upstream had when it answered. Told once. */
  caughtUp(): void {
    if (this.isUnderWay) this.caughtUpAtMs ??= this.host.nowMs;
  }

  /** 5: it is on the live stream, with nothing left to apply. */
  live(): void {
    if (!this.isUnderWay || this.caughtUpAtMs === null) return;
    this.isUnderWay = false;
    this.host.recovered({
      restartedAtMs: this.restartedAtMs,
      positionKnownAtMs: this.positionKnownAtMs ?? this.restartedAtMs,
      answeredAtMs: this.answeredAtMs ?? this.caughtUpAtMs,
      caughtUpAtMs: this.caughtUpAtMs,
      liveAtMs: this.host.nowMs,
      entries: this.entries,
      copiedBytes: this.copiedBytes,
    });
  }

  /** It crashed again, or leads. */
  abandon(): void {
    this.isUnderWay = false;
  }
}
