import { Field, Int } from 'type-graphql';
import type { KStalenessEntry } from '../../experiments/result/k-staleness-report';
import type { TVisibilityPoint } from '../../experiments/result/t-visibility-curve';
import { K_STALENESS_CAP } from '../../model/staleness-counts';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { PlainType } from '../schema/plain-type';

@PlainType('TVisibilityPoint', {
  description:
    'How probably a read returned the newest write of its key that was acknowledged before, or a newer one, when it was ' +
    'sent so long after that acknowledgement.',
})
export class TVisibilityPointType implements TVisibilityPoint {
  @Field(() => FiniteFloat, {
    description:
      'The time from the acknowledgement to the send in simulated ms, at least 0: a probe’s delay, otherwise the middle of the stretch.',
  })
  readonly afterMs!: number;

  @Field(() => FiniteFloat, {
    description: 'Start of the stretch whose reads are counted together, in ms, included; a probe’s delay.',
  })
  readonly fromMs!: number;

  @Field(() => FiniteFloat, { description: 'Its end in ms, excluded; a probe’s delay.' })
  readonly toMs!: number;

  @Field(() => BigIntegerScalar, { description: 'Reads counted, at least 1.' })
  readonly reads!: number;

  @Field(() => FiniteFloat, { description: 'The share of them that saw the write, 0 … 1.' })
  readonly probability!: number;

  @Field(() => FiniteFloat, { description: 'Lower end of Wilson’s interval of 95 %, 0 … 1.' })
  readonly low!: number;

  @Field(() => FiniteFloat, { description: 'Upper end of Wilson’s interval of 95 %, 0 … 1.' })
  readonly high!: number;
}

@PlainType('KStaleness', {
  description: 'Reads that were so many versions behind what had been acknowledged before they were sent.',
})
export class KStalenessType implements KStalenessEntry {
  @Field(() => Int, {
    description: `How many acknowledged writes of the key were newer than the version returned, 0 … ${K_STALENESS_CAP}.`,
  })
  readonly k!: number;

  @Field(() => Boolean, {
    description: `Whether reads further behind are counted here too: true for ${K_STALENESS_CAP} alone.`,
  })
  readonly orMore!: boolean;

  @Field(() => BigIntegerScalar, { description: 'How many reads, at least 0.' })
  readonly reads!: number;

  @Field(() => FiniteFloat, { description: 'Their share of all reads answered OK, 0 … 1.' })
  readonly share!: number;
}
