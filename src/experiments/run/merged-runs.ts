import type { Measurements } from '../../model/measurements';
import { EMPTY_MEASUREMENTS, mergeMeasurements } from '../../model/merge-measurements';

/**
 * The measurements of runs that come one after another, merged in pairs, the pairs in pairs, and so on: most merges
 * are of small parts. Adding each run to the whole would copy the whole each time. Merging is associative, so the
 * result is the same, and at most one part of every power of two is kept.
 */
export class MergedRuns {
  private readonly parts: Measurements[] = [];
  private runs = 0;

  add(run: Measurements): void {
    this.parts.push(run);
    this.runs += 1;
    for (let pairs = this.runs; pairs % 2 === 0; pairs /= 2) this.mergeLastTwo();
  }

  /** Of all runs added. */
  get merged(): Measurements {
    return this.parts.reduceRight((later, earlier) => mergeMeasurements(earlier, later), EMPTY_MEASUREMENTS);
  }

  private mergeLastTwo(): void {
    const [earlier, later] = this.parts.splice(-2);
    this.parts.push(mergeMeasurements(earlier, later));
  }
}
