import type { ExperimentSpec } from '../model/spec/experiment';
import type { IdSource } from './ports/ids';
import type { NewPoint, NewShard } from './ports/stores';

/** Long enough that claiming, storing and waking cost a hundredth of it; short enough that a crash costs little. */
const SHARD_SECONDS = 2;
/**
 * However short the runs are: a poisoned run is alone after ten halvings, a shard's runs are told of at once, and a
 * hundred thousand runs are a hundred shards all the same.
 */
const RUNS_PER_SHARD_MAX = 1000;
/** So that a small experiment occupies more than one worker. */
const SHARDS_MIN = 4;

interface Plan {
  readonly spec: ExperimentSpec;
  readonly repetitions: number;
  /** Predicted, real time. */
  readonly secondsPerRun: number;
}

/** The only point of an experiment without a sweep, in shards of consecutive runs of about equal size. */
export function planShards(plan: Plan, ids: Pick<IdSource, 'shard'>): readonly NewPoint[] {
  const { spec, repetitions } = plan;
  const count = shardCount(plan);
  // The shard's bounds are what rounding makes of equal shares: sizes differ by one at most.
  const boundary = (shard: number): number => Math.floor((shard * repetitions) / count);
  const shards = Array.from({ length: count }, (_, index): NewShard => {
    const firstRepetition = boundary(index);
    return { id: ids.shard(), firstRepetition, runCount: boundary(index + 1) - firstRepetition };
  });
  return [{ index: 0, parameters: [], spec, shards }];
}

function shardCount({ repetitions, secondsPerRun }: Plan): number {
  const runsInTime = Math.floor(SHARD_SECONDS / secondsPerRun);
  const runsPerShard = Math.min(Math.max(runsInTime, 1), RUNS_PER_SHARD_MAX);
  return Math.min(repetitions, Math.max(SHARDS_MIN, Math.ceil(repetitions / runsPerShard)));
}
