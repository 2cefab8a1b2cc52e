import { listed, suggestion } from '../nearest-name';
import { DEFAULT_RETRY } from './defaults';
import { shown, type Fields, type NumberRule } from './fields';
import { ATTEMPTS_MAX, BACKOFF_FACTOR_MAX, DURATION_MS_MAX, LIST_ITEMS_MAX } from './limits';
import { RETRY_REASONS, type BackoffSpec, type RetryReason, type RetrySpec } from './workload';

const WAIT: NumberRule = { what: 'a number of milliseconds', min: 0, max: DURATION_MS_MAX };

/** When and how often clients try again: never, unless more attempts are given. */
export function resolveRetry(fields: Fields): RetrySpec {
  const retry = {
    attempts: fields.number('attempts', {
      what: 'a whole number of attempts',
      integer: true,
      min: 1,
      max: ATTEMPTS_MAX,
      default: DEFAULT_RETRY.attempts,
    }),
    backoff: resolveBackoff(fields.inner('backoff')),
    on: resolveReasons(fields),
  };
  fields.end();
  return retry;
}

function resolveBackoff(fields: Fields): BackoffSpec {
  const defaults = DEFAULT_RETRY.backoff;
  const initialMs = fields.number('initialMs', { ...WAIT, default: defaults.initialMs });
  const backoff = {
    initialMs,
    factor: fields.number('factor', {
      what: 'a factor',
      min: 1,
      max: BACKOFF_FACTOR_MAX,
      default: defaults.factor,
    }),
    maxMs: fields.number('maxMs', { ...WAIT, min: initialMs, default: defaults.maxMs }),
    jitter: fields.number('jitter', { what: 'a share', min: 0, max: 1, default: defaults.jitter }),
  };
  fields.end();
  return backoff;
}

/** A set: the order given and repetitions mean nothing. */
function resolveReasons(fields: Fields): readonly RetryReason[] {
  if (!fields.has('on')) return DEFAULT_RETRY.on;
  const given = fields.list('on', LIST_ITEMS_MAX);
  for (const { value, problems } of given)
    if (!RETRY_REASONS.some((reason) => reason === value)) {
      const meant = typeof value === 'string' ? suggestion(value, RETRY_REASONS) : '';
      problems.add(
        'UNKNOWN_NAME',
        `It must be one of ${listed(RETRY_REASONS)}; got ${shown(value)}.${meant}`,
      );
    }
  return RETRY_REASONS.filter((reason) => given.some(({ value }) => value === reason));
}
