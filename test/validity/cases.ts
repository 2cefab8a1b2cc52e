import { ACKNOWLEDGEMENTS } from './cases/acknowledgements';
import { LOST_WRITES } from './cases/lost-writes';
import { QUEUEING } from './cases/queueing';
import { STALE_READS } from './cases/stale-reads';
import type { ValidityCase } from './validity-case';

/** Every case; a new one joins the file of its subject. */
export const VALIDITY_CASES: readonly ValidityCase[] = [
  ...QUEUEING,
  ...ACKNOWLEDGEMENTS,
  ...STALE_READS,
  ...LOST_WRITES,
];
