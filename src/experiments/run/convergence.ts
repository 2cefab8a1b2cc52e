import type { FaultEvent, FinalState } from '../../model/observer';
import { compareVersions } from '../../model/version';

/**
 * Whether all replicas hold the same versions after settle, and how long after the last disturbance (a write's commit,
 * the beginning or end of a fault) the last apply came.
 */
export class Convergence {
  private disturbedAtMs = -Infinity;
  private appliedAtMs = -Infinity;
  private equal = false;

  constructor(private readonly keys: number) {}

  committed(atMs: number): void {
    this.disturbedAtMs = atMs;
  }

  applied(atMs: number): void {
    this.appliedAtMs = atMs;
  }

  /** Whatever begins or ends may hold up or let go what is still to be applied; only having caught up is no disturbance. */
  fault({ kind, atMs }: FaultEvent): void {
    if (kind !== 'CAUGHT_UP') this.disturbedAtMs = atMs;
  }

  settled(states: readonly FinalState[]): void {
    const [first, ...others] = states;
    this.equal = states.length < 2 || this.holdTheSame(first, others);
  }

  get converged(): boolean {
    return this.equal;
  }

  /** Null when the replicas differ; 0 when nothing was applied after the last disturbance, or nothing happened. */
  get timeMs(): number | null {
    if (!this.equal) return null;
    return this.appliedAtMs > this.disturbedAtMs ? this.appliedAtMs - this.disturbedAtMs : 0;
  }

  private holdTheSame(first: FinalState, others: readonly FinalState[]): boolean {
    for (let key = 0; key < this.keys; key++) {
      const version = first.versionOf(key);
      for (const other of others)
        if (compareVersions(version, other.versionOf(key)) !== 'EQUAL') return false;
    }
    return true;
  }
}
