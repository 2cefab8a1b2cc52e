import { Arg, Field, Int } from 'type-graphql';
import type { AnomalyReport } from '../../experiments/result/anomaly-report';
import { WITNESSES_KEPT, type AnomalyKind, type Witness } from '../../model/anomaly';
import { refuseArgument } from '../errors/request-error';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { AnomalyKindType } from './enums';
import type { WorldNames } from './world-names';
import { shownOperation, WitnessOperation } from './witness-operation';
import { PlainType, type Plain } from '../schema/plain-type';

@PlainType('Witness', { description: 'A case that proves an anomaly.' })
export class WitnessType implements Omit<Witness, 'operations'> {
  @Field(() => String, { description: 'What happened and why it is wrong, in words.' })
  readonly explanation!: string;

  @Field(() => Int, { description: 'The repetition it was seen in, from 0.' })
  readonly repetition!: number;

  @Field(() => FiniteFloat, { description: 'When it showed, in simulated ms.' })
  readonly atMs!: number;

  @Field(() => [WitnessOperation], {
    description: 'The operations that prove it, as they were sent; without any of them it is no anomaly.',
  })
  readonly operations!: readonly Plain<WitnessOperation>[];
}

@PlainType('Anomaly', { description: 'How often clients saw what they should not have seen.' })
export class AnomalyType {
  constructor(
    private readonly report: AnomalyReport,
    private readonly names: WorldNames,
  ) {}

  @Field(() => AnomalyKindType, { description: 'What they saw.' })
  get kind(): AnomalyKind {
    return this.report.kind;
  }

  @Field(() => BigIntegerScalar, { description: 'How often, at least 0.' })
  get count(): number {
    return this.report.count;
  }

  @Field(() => BigIntegerScalar, { description: 'Operations in which it could have shown, at least 0.' })
  get relevant(): number {
    return this.report.relevant;
  }

  @Field(() => FiniteFloat, {
    nullable: true,
    description: 'Its share of the relevant operations, 0 … 1; null if there were none.',
  })
  get rate(): number | null {
    return this.report.rate;
  }

  @Field(() => [WitnessType], {
    description: 'The first cases by repetition, time and operation.',
    complexity: ({ args, childComplexity }) => 1 + Math.max(0, witnessesAsked(args)) * childComplexity,
  })
  witnesses(
    @Arg('first', () => Int, {
      defaultValue: WITNESSES_KEPT,
      description: `At most how many, 0 … ${WITNESSES_KEPT}.`,
    })
    first: number,
  ): readonly Plain<WitnessType>[] {
    if (first < 0 || first > WITNESSES_KEPT)
      throw refuseArgument('first', `It must be a whole number from 0 to ${WITNESSES_KEPT}; got ${first}.`);
    return this.report.witnesses.slice(0, first).map((witness) => ({
      ...witness,
      operations: witness.operations.map((operation) => shownOperation(operation, this.names)),
    }));
  }
}

function witnessesAsked(args: { readonly first?: number }): number {
  return args.first ?? WITNESSES_KEPT;
}
