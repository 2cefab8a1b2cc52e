import { Field, InputType } from 'type-graphql';
import { DEFAULT_CONSTANT_PHASE, DEFAULT_DIURNAL_PERIOD_MS } from '../../model/spec/defaults';
import { DURATION_MS_MAX, RATE_FACTOR_MAX } from '../../model/spec/limits';
import { PERIOD_MS_MIN } from '../../model/spec/resolve-arrivals';
import type { ArrivalSpec, ConstantPhase } from '../../model/spec/workload';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { describedEnum } from '../schema/described-enum';
import { OneOf } from '../schema/one-of';
import { DistributionInput } from './distribution-input';
import type { Variant, Variants } from './variant';

const PERIOD = `${PERIOD_MS_MIN} … ${grouped(DURATION_MS_MAX)} ms`;
const FACTOR = `1 … ${grouped(RATE_FACTOR_MAX)}`;

export const ConstantPhaseType = describedEnum<ConstantPhase>(
  'ConstantPhase',
  'When the first of equally spaced operations comes.',
  {
    RANDOM: 'At a uniformly random moment of the first gap: groups of one rate do not march in step.',
    ALIGNED: 'As the clients start.',
  },
);

@InputType({ description: 'Operations that come independently of each other: exponential gaps.' })
export class PoissonArrivalsInput implements Variant<ArrivalSpec, 'poisson'> {
  @Field(() => FiniteFloat, {
    defaultValue: 0,
    description:
      'The least gap, 0 … below the mean gap (1,000 / `ratePerSecond`) ms. Above 0 every gap is longer by it, and the mean stays.',
  })
  readonly minimumGapMs!: number;
}

@InputType({ description: 'Operations at equal gaps.' })
export class ConstantArrivalsInput implements Variant<ArrivalSpec, 'constant'> {
  @Field(() => ConstantPhaseType, {
    defaultValue: DEFAULT_CONSTANT_PHASE,
    description: 'When the first comes.',
  })
  readonly phase!: ConstantPhase;
}

@InputType({
  description:
    'A Poisson process that is faster at the beginning of each period; `ratePerSecond` is the mean over a period. ' +
    'Periods count from the start of the measured time.',
})
export class BurstsInput implements Variant<ArrivalSpec, 'bursts'> {
  @Field(() => FiniteFloat, { description: `From one burst to the next, ${PERIOD}.` })
  readonly periodMs!: number;

  @Field(() => FiniteFloat, { description: 'How long a burst lasts, above 0 … below `periodMs` ms.' })
  readonly burstMs!: number;

  @Field(() => FiniteFloat, { description: `The rate in a burst over the rate between bursts, ${FACTOR}.` })
  readonly factor!: number;
}

@InputType({
  description:
    'A Poisson process with a day: its rate is lowest at the beginning of each period, climbs evenly for half of it, and ' +
    'falls again; `ratePerSecond` is the mean. Periods count from the start of the measured time.',
})
export class DiurnalArrivalsInput implements Variant<ArrivalSpec, 'diurnal'> {
  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_DIURNAL_PERIOD_MS,
    description: `The length of a day, ${PERIOD}.`,
  })
  readonly periodMs!: number;

  @Field(() => FiniteFloat, { description: `The highest rate over the lowest, ${FACTOR}.` })
  readonly peakToTrough!: number;
}

@InputType({
  description:
    'Each session waits for a think time, sends an operation, waits for its end, and thinks again. It has no `ratePerSecond`.',
})
export class ClosedLoopInput implements Record<keyof Variant<ArrivalSpec, 'closedLoop'>, unknown> {
  @Field(() => DistributionInput, {
    description: 'The time of a session before each of its operations; may be 0 ms.',
  })
  readonly thinkTime!: DistributionInput;
}

@OneOf()
@InputType({ description: 'When operations come: exactly one of its fields.' })
export class ArrivalsInput implements Variants<ArrivalSpec> {
  @Field(() => PoissonArrivalsInput, {
    nullable: true,
    description: 'Independently of each other. `{}` for all defaults.',
  })
  readonly poisson?: PoissonArrivalsInput | null;

  @Field(() => ConstantArrivalsInput, {
    nullable: true,
    description: 'At equal gaps. `{}` for all defaults.',
  })
  readonly constant?: ConstantArrivalsInput | null;

  @Field(() => BurstsInput, { nullable: true, description: 'Now and then much faster.' })
  readonly bursts?: BurstsInput | null;

  @Field(() => DiurnalArrivalsInput, { nullable: true, description: 'Slower by night than by day.' })
  readonly diurnal?: DiurnalArrivalsInput | null;

  @Field(() => ClosedLoopInput, { nullable: true, description: 'When a session is done thinking.' })
  readonly closedLoop?: ClosedLoopInput | null;
}
