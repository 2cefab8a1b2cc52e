import { WITNESSES_KEPT, type Witness } from '../model/anomaly';

/** When an anomaly showed, and in which operation; null: in none. */
export interface Showing {
  readonly atMs: number;
  readonly operation: number | null;
}

/** Keeps the first witnesses of one run by time, then by the operation where the anomaly showed. */
export class FirstWitnesses {
  private readonly kept: Witness[] = [];

  get all(): readonly Witness[] {
    return this.kept;
  }

  /** Whether a witness that shows there would be kept; words are found only for those. */
  wants(showing: Showing): boolean {
    const last = this.kept.at(-1);
    return last === undefined || this.kept.length < WITNESSES_KEPT || isBefore(showing, showingOf(last));
  }

  add(witness: Witness): void {
    const showing = showingOf(witness);
    const place = this.kept.findIndex((other) => isBefore(showing, showingOf(other)));
    this.kept.splice(place === -1 ? this.kept.length : place, 0, witness);
    if (this.kept.length > WITNESSES_KEPT) this.kept.pop();
  }
}

function showingOf({ atMs, operations }: Witness): Showing {
  return { atMs, operation: operations.at(-1)?.id ?? null };
}

function isBefore(one: Showing, other: Showing): boolean {
  if (one.atMs !== other.atMs) return one.atMs < other.atMs;
  return (one.operation ?? NONE) < (other.operation ?? NONE);
}

const NONE = -1;
