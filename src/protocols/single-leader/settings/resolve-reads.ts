import type { Fields, NumberRule } from '../../../model/spec/fields';
import { LAG_BOUND_MS_MIN } from '../../../model/spec/limits';
import { DURATION_OR_NONE_RULE, DURATION_RULE } from '../../../model/spec/rules';
import { DEFAULT_READS, READ_POLICIES, type ReadSettings } from './reads';

const LAG_RULE: NumberRule = {
  ...DURATION_RULE,
  above: undefined,
  min: LAG_BOUND_MS_MIN,
  default: DEFAULT_READS.maxLagMs,
};
const WINDOW_RULE: NumberRule = { ...DURATION_RULE, default: DEFAULT_READS.windowMs };
const WAIT_RULE: NumberRule = { ...DURATION_OR_NONE_RULE, default: DEFAULT_READS.waitMs };

/** Completes the settings of one object of an untrusted input and reports everything that is wrong with them. */
export function resolveReads(fields: Fields): ReadSettings {
  const settings: ReadSettings = {
    policy: fields.oneOf('policy', READ_POLICIES, DEFAULT_READS.policy),
    maxLagMs: fields.number('maxLagMs', LAG_RULE),
    windowMs: fields.number('windowMs', WINDOW_RULE),
    waitMs: fields.number('waitMs', WAIT_RULE),
  };
  fields.end();
  return settings;
}
