import { Arg, Field, Int } from 'type-graphql';
import type { AnomalyReport, Verdict } from '../../experiments/result/anomaly-report';
import { WITNESSES_KEPT, type AnomalyKind, type Witness } from '../../model/anomaly';
import { refuseArgument } from '../errors/request-error';
import { BigIntegerScalar } from '../scalars/big-integer';
import { FiniteFloat } from '../scalars/finite-float';
import { AnomalyKindType, VerdictType } from './enums';
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

  @Field(() => FiniteFloat, {
    description:
      'When the first of its operations was sent, in simulated ms: a trace of the run from here to a little after `atMs` shows all of it.',
  })
  readonly fromMs!: number;

  @Field(() => [WitnessOperation], {
    description:
      'The operations that prove it, as they were sent, but the one where it showed last; without any of them it is no anomaly. None where the replicas, or the leaders, prove it by themselves.',
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

  @Field(() => BigIntegerScalar, { description: 'Where it could have shown, mostly operations, at least 0.' })
  get relevant(): number {
    return this.report.relevant;
  }

  @Field(() => VerdictType, { description: 'Whether it happened, as far as can be said.' })
  get verdict(): Verdict {
    return this.report.verdict;
  }

  @Field(() => String, { nullable: true, description: 'Why that is UNKNOWN; null for the others.' })
  get reason(): string | null {
    return this.report.reason;
  }

  @Field(() => FiniteFloat, {
    nullable: true,
    description:
      'Its share of the relevant, 0 … 1; null if there were none. Of CONFLICT it is the share of writes in at least one pair.',
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
      fromMs: Math.min(witness.atMs, ...witness.operations.map(({ invokedAtMs }) => invokedAtMs)),
      operations: witness.operations.map((operation) => shownOperation(operation, this.names)),
    }));
  }
}

function witnessesAsked(args: { readonly first?: number }): number {
  return args.first ?? WITNESSES_KEPT;
}
