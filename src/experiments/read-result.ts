import type { ExperimentId } from '../model/ids';
import { EMPTY_MEASUREMENTS, mergeMeasurements } from '../model/merge-measurements';
import type { ExperimentStore } from './ports/stores';
import { decodeMeasurements } from './result/encode-measurements';
import { ExperimentResult } from './result/experiment-result';

/** The merged result of a point's finished shards; null before the first. */
export async function readResult(
  experiments: Pick<ExperimentStore, 'measurements'>,
  { id, point }: { readonly id: ExperimentId; readonly point: number },
): Promise<ExperimentResult | null> {
  const shards = await experiments.measurements(id, point);
  if (shards.length === 0) return null;
  return new ExperimentResult(shards.map(decodeMeasurements).reduce(mergeMeasurements, EMPTY_MEASUREMENTS));
}
