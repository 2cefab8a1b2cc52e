import type { Measurements } from './measurements';
import { MeasurementsAccumulator } from './measurements-accumulator';

/** What no run measured: merging it changes nothing. */
export const EMPTY_MEASUREMENTS: Measurements = new MeasurementsAccumulator().measurements();

/**
 * What the runs of both measured together; for more than two, add them to one `MeasurementsAccumulator`.
 *
 * Associative and commutative: a set of runs gives the same canonical bytes however it was split and merged.
 */
export function mergeMeasurements(one: Measurements, other: Measurements): Measurements {
  const merged = new MeasurementsAccumulator();
  merged.add(one);
  merged.add(other);
  return merged.measurements();
}
