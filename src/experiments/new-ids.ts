import { monotonicFactory } from 'ulid';
import type { IdSource } from './ports/ids';

const nextUlid = monotonicFactory();

/** Ids of this process, each later than the one before; their ULIDs are written in lower case. */
export const newIds: IdSource = {
  cluster: () => `clu_${nextUlid().toLowerCase()}`,
  experiment: () => `exp_${nextUlid().toLowerCase()}`,
  shard: () => `shd_${nextUlid().toLowerCase()}`,
};
