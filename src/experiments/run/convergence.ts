import { areEqualAt } from '../../model/final-states';
import type { FaultEvent, FinalState } from '../../model/observer';

/**
 * Whether all replicas hold the same after settle, and how long after the last disturbance (a write's commit,
 * the beginning or end of a fault) a replica changed last. What a protocol gives notice of is no disturbance.
 */
export class Convergence {
  private disturbedAtMs = -Infinity;
  private changedAtMs = -Infinity;
  private equal = false;

  constructor(private readonly keys: number) {}

  committed(atMs: number): void {
    this.disturbedAtMs = atMs;
  }

  /** A replica came to hold something else: it applied a write, took over another one's state, or gave up what it had. */
  changed(atMs: number): void {
    this.changedAtMs = atMs;
  }

  /** Whatever begins or ends may hold up or let go what is still to be applied; only having caught up is no disturbance. */
  fault({ kind, atMs }: FaultEvent): void {
    if (kind !== 'CAUGHT_UP') this.disturbedAtMs = atMs;
  }

  settled(states: readonly FinalState[]): void {
    this.equal = this.holdTheSame(states);
  }

  get converged(): boolean {
    return this.equal;
  }

  /** Null when the replicas differ; 0 when nothing changed after the last disturbance, or nothing happened. */
  get timeMs(): number | null {
    if (!this.equal) return null;
    return this.changedAtMs > this.disturbedAtMs ? this.changedAtMs - this.disturbedAtMs : 0;
  }

  private holdTheSame(states: readonly FinalState[]): boolean {
    for (let key = 0; key < this.keys; key++) if (!areEqualAt(states, key)) return false;
    return true;
  }
}
