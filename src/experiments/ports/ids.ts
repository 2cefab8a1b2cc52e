import type { ClusterId, ExperimentId, ShardId } from '../../model/ids';

/** Makes new ids; needs a clock and chance, which the domain has not. */
export interface IdSource {
  cluster(): ClusterId;
  experiment(): ExperimentId;
  shard(): ShardId;
}
