import { Field, InputType, Int } from 'type-graphql';
import { DEFAULT_RETRY } from '../../model/spec/defaults';
import { ATTEMPTS_MAX, BACKOFF_FACTOR_MAX, DURATION_MS_MAX } from '../../model/spec/limits';
import type { BackoffSpec, RetryReason, RetrySpec } from '../../model/spec/workload';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { describedEnum } from '../schema/described-enum';

export const RetryReasonType = describedEnum<RetryReason>('RetryReason', 'Why an operation is tried again.', {
  TIMEOUT: 'No answer came in time: it may have taken effect, and may take effect twice.',
  FAILED: 'The answer was that it certainly did not happen.',
});

@InputType({
  description: 'How long a client waits before it tries again: exponential back-off with jitter.',
})
export class BackoffInput implements BackoffSpec {
  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_RETRY.backoff.initialMs,
    description: `The longest wait before the first retry, 0 … ${grouped(DURATION_MS_MAX)} ms.`,
  })
  readonly initialMs!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_RETRY.backoff.factor,
    description: `How much longer it is for each further retry, 1 … ${grouped(BACKOFF_FACTOR_MAX)}.`,
  })
  readonly factor!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_RETRY.backoff.maxMs,
    description: `Which it never exceeds, \`initialMs\` … ${grouped(DURATION_MS_MAX)} ms.`,
  })
  readonly maxMs!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_RETRY.backoff.jitter,
    description:
      'The share of that wait that chance may take off, 0 … 1: 1 is the "full jitter", 0.5 the "equal jitter" of AWS.',
  })
  readonly jitter!: number;
}

@InputType({ description: 'Whether a client tries an operation again that did not succeed.' })
export class RetryInput implements Record<keyof RetrySpec, unknown> {
  @Field(() => Int, {
    defaultValue: DEFAULT_RETRY.attempts,
    description: `How often it is tried at most, the first time included: 1 (never again) … ${ATTEMPTS_MAX}.`,
  })
  readonly attempts!: number;

  @Field(() => BackoffInput, { defaultValue: {}, description: 'How long it waits in between.' })
  readonly backoff!: BackoffInput;

  @Field(() => [RetryReasonType], {
    defaultValue: [...DEFAULT_RETRY.on],
    description: 'After what it tries again; their order means nothing.',
  })
  readonly on!: readonly RetryReason[];
}
