import { COUNTS, CRASHES } from './cases/crashes';
import { BOUNDED_STALENESS, CONSISTENT_PREFIX, READS } from './cases/reads';
import { DUAL_LEADERS, SPLIT_BRAINS } from './cases/split-brains';
import type { NeverOrCanCase } from './never-or-can';

/** Every case; a new one joins the file of its subject. */
export const NEVER_OR_CAN_CASES: readonly NeverOrCanCase[] = [
  ...CRASHES,
  ...COUNTS,
  ...SPLIT_BRAINS,
  ...DUAL_LEADERS,
  ...READS,
  ...BOUNDED_STALENESS,
  ...CONSISTENT_PREFIX,
];
