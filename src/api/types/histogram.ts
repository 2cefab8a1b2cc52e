import { Arg, Field, Int } from 'type-graphql';
import type { DurationBucket, DurationDistribution } from '../../experiments/result/duration-distribution';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { refuseArgument } from '../errors/request-error';
import { PlainType } from '../schema/plain-type';

const BUCKETS_MAX = 1000;
const EMPTY = 'null when nothing was measured';

@PlainType('HistogramBucket', { description: 'How often durations of a stretch were measured.' })
export class HistogramBucket implements DurationBucket {
  @Field(() => FiniteFloat, { description: 'Start of the stretch in ms, included.' })
  readonly fromMs!: number;

  @Field(() => FiniteFloat, { description: 'End of the stretch in ms, excluded.' })
  readonly toMs!: number;

  @Field(() => BigIntegerScalar, { description: 'Samples in the stretch, at least 0.' })
  readonly count!: number;
}

@PlainType('Histogram', {
  description:
    'The distribution of durations, all in ms. Count, min, max and mean are exact; a quantile is at most 1 % off, ' +
    'and always from merged samples, never an average of percentiles.',
})
export class HistogramType {
  constructor(private readonly distribution: DurationDistribution) {}

  @Field(() => BigIntegerScalar, { description: 'How many durations were measured, at least 0.' })
  get count(): number {
    return this.distribution.count;
  }

  @Field(() => FiniteFloat, { nullable: true, description: `The shortest in ms; ${EMPTY}.` })
  get min(): number | null {
    return this.distribution.minMs;
  }

  @Field(() => FiniteFloat, { nullable: true, description: `The longest in ms; ${EMPTY}.` })
  get max(): number | null {
    return this.distribution.maxMs;
  }

  @Field(() => FiniteFloat, { nullable: true, description: `The mean in ms; ${EMPTY}.` })
  get mean(): number | null {
    return this.distribution.meanMs;
  }

  @Field(() => FiniteFloat, {
    nullable: true,
    description: `The duration in ms that a share of the samples does not exceed; ${EMPTY}.`,
  })
  quantile(
    @Arg('q', () => FiniteFloat, {
      description: 'The share, 0 … 1: 0.5 for the median, 0.99 for the 99th percentile.',
    })
    q: number,
  ): number | null {
    if (q < 0 || q > 1) throw refuseArgument('q', `It must be a share from 0 to 1; got ${q}.`);
    return this.distribution.quantileMs(q);
  }

  @Field(() => [HistogramBucket], {
    description:
      'The distribution for a drawing: neighbouring stretches from min to max, of even width on a logarithmic scale.',
    complexity: ({ args, childComplexity }) => 1 + bucketsAsked(args) * childComplexity,
  })
  buckets(
    @Arg('count', () => Int, { defaultValue: 20, description: `At most how many, 1 … ${BUCKETS_MAX}.` })
    count: number,
  ): readonly DurationBucket[] {
    if (count < 1 || count > BUCKETS_MAX)
      throw refuseArgument('count', `It must be a whole number from 1 to ${BUCKETS_MAX}; got ${count}.`);
    return this.distribution.buckets(count);
  }
}

/** Buckets cost little: they are counted as a fiftieth each. */
function bucketsAsked(args: { readonly count?: number }): number {
  return Math.max(0, args.count ?? 0) / 50;
}
