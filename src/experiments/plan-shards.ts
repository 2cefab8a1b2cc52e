import type { ExperimentSpec } from '../model/spec/experiment';
import type { IdSource } from './ports/ids';
import type { NewPoint } from './ports/stores';

/** The only point of an experiment without a sweep, one run to a shard. */
export function planShards(spec: ExperimentSpec, repetitions: number, ids: IdSource): readonly NewPoint[] {
  const shards = Array.from({ length: repetitions }, (_, firstRepetition) => ({
    id: ids.shard(),
    firstRepetition,
    runCount: 1,
  }));
  return [{ index: 0, parameters: [], spec, shards }];
}
