import { Field, ID, InputType, Int } from 'type-graphql';
import { DEFAULT_REPETITIONS, DEFAULT_SEED } from '../../model/spec/defaults';
import {
  EVENT_BUDGET_MAX,
  IDEMPOTENCY_KEY_CHARACTERS_MAX,
  NAME_CHARACTERS_MAX,
  OPERATIONS_PER_EXPERIMENT_MAX,
  RUNS_PER_EXPERIMENT_MAX,
} from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { ClusterInput } from './cluster-input';
import { FaultInput } from './fault-input';
import { NemesisInput } from './nemesis-input';
import { WorkloadInput } from './workload-input';

@InputType({
  description:
    'What to simulate. Give `clusterId` or `cluster`. All runs together may have at most ' +
    `${grouped(OPERATIONS_PER_EXPERIMENT_MAX)} operations.`,
})
export class SubmitExperimentInput {
  @Field(() => String, {
    description: `For people, 1 … ${NAME_CHARACTERS_MAX} characters; it need not be unique.`,
  })
  readonly name!: string;

  @Field(() => ID, { nullable: true, description: 'A stored cluster, `clu_…`. Not together with `cluster`.' })
  readonly clusterId!: string | null;

  @Field(() => ClusterInput, {
    nullable: true,
    description: 'A cluster for this experiment alone. Not together with `clusterId`.',
  })
  readonly cluster!: ClusterInput | null;

  @Field(() => WorkloadInput, { description: 'What the clients do.' })
  readonly workload!: WorkloadInput;

  @Field(() => [FaultInput], { defaultValue: [], description: 'What happens to the cluster, in any order.' })
  readonly faults!: readonly FaultInput[];

  @Field(() => NemesisInput, { nullable: true, description: 'Random faults beside them; without it none.' })
  readonly nemesis!: NemesisInput | null;

  @Field(() => Int, {
    defaultValue: DEFAULT_REPETITIONS,
    description: `How many runs, each with a seed of its own: 1 … ${grouped(RUNS_PER_EXPERIMENT_MAX)}.`,
  })
  readonly repetitions!: number;

  @Field(() => String, {
    defaultValue: DEFAULT_SEED,
    description:
      'Decides all chance: the same seed, input and engine version give the same bytes. A decimal number, 0 … 18446744073709551615.',
  })
  readonly seed!: string;

  @Field(() => FiniteFloat, {
    nullable: true,
    description:
      `How many events a run may have, a whole number, 1 … ${grouped(EVENT_BUDGET_MAX)}: one that has played them ends ` +
      'with what it has and says `truncated`. By default far more than a run needs, derived from its expected ' +
      'operations, its nodes and its duration.',
  })
  readonly eventBudget!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      `Of your choice, 1 … ${IDEMPOTENCY_KEY_CHARACTERS_MAX} characters: the same key with the same input gives the ` +
      'same answer and makes nothing new. Kept at least 24 hours.',
  })
  readonly idempotencyKey!: string | null;
}
