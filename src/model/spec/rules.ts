import { DEFAULT_CLOCK_ERROR, DEFAULT_DUPLICATION, DEFAULT_LOSS } from './defaults';
import type { NumberRule } from './fields';
import { CLOCK_OFFSET_MS_MAX, DRIFT_PPM_MAX, DURATION_MS_MAX } from './limits';

/** Rules that settings of more than one place share. */
export const DURATION_RULE: NumberRule = {
  what: 'a number of milliseconds',
  above: 0,
  max: DURATION_MS_MAX,
};
export const DURATION_OR_NONE_RULE: NumberRule = { ...DURATION_RULE, above: undefined, min: 0 };
export const LOSS_RULE: NumberRule = { what: 'a probability', min: 0, max: 1, default: DEFAULT_LOSS };
export const DUPLICATION_RULE: NumberRule = { ...LOSS_RULE, default: DEFAULT_DUPLICATION };
export const CLOCK_OFFSET_RULE: NumberRule = {
  what: 'a number of milliseconds',
  min: -CLOCK_OFFSET_MS_MAX,
  max: CLOCK_OFFSET_MS_MAX,
  default: DEFAULT_CLOCK_ERROR,
};
export const DRIFT_RULE: NumberRule = {
  what: 'a number of parts per million',
  min: -DRIFT_PPM_MAX,
  max: DRIFT_PPM_MAX,
  default: DEFAULT_CLOCK_ERROR,
};
