/** A write from its send until every replica has it and its client knows. */
export class TrackedWrite {
  isOpen = true;
  /** Null until then; so for an outcome that is not OK. */
  acknowledgedAtMs: number | null = null;
  committedAtMs: number | null = null;
  lastAppliedAtMs = -Infinity;
  private readonly holds: Uint8Array;
  private holders = 0;

  constructor(private readonly replicas: number) {
    this.holds = new Uint8Array(replicas);
  }

  /** Everywhere, and nothing more will be heard of it. */
  get isDone(): boolean {
    return !this.isOpen && this.holders === this.replicas;
  }

  isHeldBy(replica: number): boolean {
    return this.holds[replica] !== 0;
  }

  /** False when the replica had it before: after a crash it may apply again what it had. */
  held(replica: number, atMs: number): boolean {
    if (this.isHeldBy(replica)) return false;
    this.holds[replica] = 1;
    this.holders += 1;
    this.lastAppliedAtMs = atMs;
    return true;
  }

  /** As if new, for another write. */
  reset(): void {
    this.isOpen = true;
    this.acknowledgedAtMs = null;
    this.committedAtMs = null;
    this.lastAppliedAtMs = -Infinity;
    this.holds.fill(0);
    this.holders = 0;
  }
}
