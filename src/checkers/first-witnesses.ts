import { WITNESSES_KEPT, type Witness } from '../model/anomaly';
import { invariant } from '../model/invariant';
import type { Operation } from '../model/operation';

/** Keeps the first witnesses of one run by time, then by the operation where the anomaly showed. */
export class FirstWitnesses {
  private readonly kept: Witness[] = [];

  get all(): readonly Witness[] {
    return this.kept;
  }

  /** Whether a witness that shows at this operation would be kept; words are found only for those. */
  wants(operation: Operation): boolean {
    const last = this.kept.at(-1);
    return last === undefined || this.kept.length < WITNESSES_KEPT || isBefore(operation, whereItShows(last));
  }

  add(witness: Witness): void {
    const shown = whereItShows(witness);
    const place = this.kept.findIndex((other) => isBefore(shown, whereItShows(other)));
    this.kept.splice(place === -1 ? this.kept.length : place, 0, witness);
    if (this.kept.length > WITNESSES_KEPT) this.kept.pop();
  }
}

function whereItShows({ operations }: Witness): Operation {
  const last = operations.at(-1);
  invariant(last !== undefined, 'a witness without operations proves nothing');
  return last;
}

function isBefore(one: Operation, other: Operation): boolean {
  if (one.completedAtMs !== other.completedAtMs) return one.completedAtMs < other.completedAtMs;
  return one.id < other.id;
}
