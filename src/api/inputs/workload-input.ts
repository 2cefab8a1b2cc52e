import { Field, InputType, Int } from 'type-graphql';
import {
  DEFAULT_KEY_COUNT,
  DEFAULT_KEY_DISTRIBUTION,
  DEFAULT_READ_SHARE,
  DEFAULT_TIMEOUT_MS,
  DEFAULT_VALUES,
  DEFAULT_VALUE_BYTES,
  DEFAULT_WARMUP_MS,
} from '../../model/spec/defaults';
import {
  DURATION_MS_MAX,
  INVARIANTS_MAX,
  KEYS_MAX,
  OPERATIONS_PER_RUN_MAX,
  VALUE_BYTES_MAX,
} from '../../model/spec/limits';
import type { KeySpec, WorkloadSpec } from '../../model/spec/workload';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { ClientGroupInput } from './client-group-input';
import { InvariantInput } from './invariant-input';
import { KeyDistributionInput } from './key-distribution-input';
import { ProbeInput } from './probe-input';
import { RetryInput } from './retry-input';
import { ValuesInput } from './values-input';

@InputType({ description: 'Which keys are read and written. They are absent at first.' })
export class KeysInput implements Record<keyof KeySpec, unknown> {
  @Field(() => Int, {
    defaultValue: DEFAULT_KEY_COUNT,
    description: `How many keys, 1 … ${grouped(KEYS_MAX)}.`,
  })
  readonly count!: number;

  @Field(() => KeyDistributionInput, {
    defaultValue: DEFAULT_KEY_DISTRIBUTION,
    description: 'How often each key is used.',
  })
  readonly distribution!: KeyDistributionInput;
}

@InputType({
  description:
    'What clients do. Give `durationMs` and `clients`, or `probe`, which decides all but `timeoutMs` and `valueBytes`. ' +
    `A run may have at most ${grouped(OPERATIONS_PER_RUN_MAX)} operations (rate × duration).`,
})
export class WorkloadInput implements Record<keyof WorkloadSpec, unknown> {
  @Field(() => FiniteFloat, {
    nullable: true,
    description: `The measured time, simulated: above 0 … ${grouped(DURATION_MS_MAX)} ms. Required without \`probe\`.`,
  })
  readonly durationMs!: number | null;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_WARMUP_MS,
    description: `Simulated time before it in which clients work and nothing is measured, 0 … ${grouped(DURATION_MS_MAX)} ms.`,
  })
  readonly warmupMs!: number;

  @Field(() => [ClientGroupInput], {
    nullable: true,
    description: 'The groups of clients, at least one. Required without `probe`.',
  })
  readonly clients!: readonly ClientGroupInput[] | null;

  @Field(() => FiniteFloat, { defaultValue: DEFAULT_READ_SHARE, description: 'The share of reads, 0 … 1.' })
  readonly readShare!: number;

  @Field(() => KeysInput, { defaultValue: {}, description: 'Which keys are used.' })
  readonly keys!: KeysInput;

  @Field(() => ValuesInput, {
    defaultValue: DEFAULT_VALUES,
    description: 'What the values are, and so what a write does to its key.',
  })
  readonly values!: ValuesInput;

  @Field(() => [InvariantInput], {
    defaultValue: [],
    description:
      'What must hold of counters; where a read, or a replica at the end, shows that it does not, that is an INVARIANT. ' +
      `At most ${grouped(INVARIANTS_MAX)}; of several for a key the strictest counts.`,
  })
  readonly invariants!: readonly InvariantInput[];

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_TIMEOUT_MS,
    description: `When a client gives an attempt up, and after the last the operation as unknown: above 0 … ${grouped(DURATION_MS_MAX)} ms after its send.`,
  })
  readonly timeoutMs!: number;

  @Field(() => RetryInput, {
    defaultValue: {},
    description: 'Whether clients try again; they do not by default.',
  })
  readonly retry!: RetryInput;

  @Field(() => Int, {
    defaultValue: DEFAULT_VALUE_BYTES,
    description: `The size of a written value, 0 … ${grouped(VALUE_BYTES_MAX)} bytes.`,
  })
  readonly valueBytes!: number;

  @Field(() => ProbeInput, {
    nullable: true,
    description: 'A probe of how stale reads are, instead of clients.',
  })
  readonly probe!: ProbeInput | null;
}
