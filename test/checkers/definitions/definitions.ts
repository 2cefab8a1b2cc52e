import type { AnomalyKind } from '../../../src/model/anomaly';
import { consistentPrefix } from './causality';
import { conflict, droppedUpdate } from './conflicts';
import { CONTRADICTIONS } from './contradictions';
import { dirtyRead, lostWrite } from './durability';
import { falseFailover, splitBrain } from './leadership';
import { divergence, invariantBroken } from './states';
import type { Told, Verdict } from './told';

/** The definitions word by word, over all pairs: what the online checkers must equal. */
export const DEFINITIONS: Readonly<Record<AnomalyKind, (told: Told) => Verdict>> = {
  ...CONTRADICTIONS,
  CONSISTENT_PREFIX: consistentPrefix,
  LOST_WRITE: lostWrite,
  DIRTY_READ: dirtyRead,
  DROPPED_UPDATE: droppedUpdate,
  CONFLICT: conflict,
  SPLIT_BRAIN: splitBrain,
  DIVERGENCE: divergence,
  INVARIANT: invariantBroken,
  FALSE_FAILOVER: falseFailover,
};
