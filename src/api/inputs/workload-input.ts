import { Field, InputType, Int } from 'type-graphql';
import {
  DEFAULT_KEY_COUNT,
  DEFAULT_KEY_DISTRIBUTION,
  DEFAULT_READ_SHARE,
  DEFAULT_SESSIONS,
  DEFAULT_TIMEOUT_MS,
  DEFAULT_VALUE_BYTES,
  DEFAULT_WARMUP_MS,
} from '../../model/spec/defaults';
import {
  DURATION_MS_MAX,
  KEYS_MAX,
  OPERATIONS_PER_RUN_MAX,
  RATE_PER_SECOND_MAX,
  SESSIONS_MAX,
  VALUE_BYTES_MAX,
} from '../../model/spec/limits';
import type { ClientGroupSpec, KeySpec, WorkloadSpec } from '../../model/spec/workload';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { KeyDistributionInput } from './key-distribution-input';

@InputType({
  description: 'A group of sessions in one place that share a rate. Arrivals are a Poisson process.',
})
export class ClientGroupInput implements ClientGroupSpec {
  @Field(() => String, {
    nullable: true,
    description: 'Where they are; required in a cluster with datacenters.',
  })
  readonly datacenter!: string | null;

  @Field(() => Int, {
    defaultValue: DEFAULT_SESSIONS,
    description: `How many sessions, 1 … ${grouped(SESSIONS_MAX)}; each does one operation at a time.`,
  })
  readonly sessions!: number;

  @Field(() => FiniteFloat, {
    description: `Operations per simulated second of the whole group, above 0 … ${grouped(RATE_PER_SECOND_MAX)}.`,
  })
  readonly ratePerSecond!: number;
}

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
  description: `What clients do. A run may have at most ${grouped(OPERATIONS_PER_RUN_MAX)} operations (rate × duration).`,
})
export class WorkloadInput implements Record<keyof WorkloadSpec, unknown> {
  @Field(() => FiniteFloat, {
    description: `The measured time, simulated: above 0 … ${grouped(DURATION_MS_MAX)} ms.`,
  })
  readonly durationMs!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_WARMUP_MS,
    description: `Simulated time before it in which clients work and nothing is measured, 0 … ${grouped(DURATION_MS_MAX)} ms.`,
  })
  readonly warmupMs!: number;

  @Field(() => [ClientGroupInput], { description: 'The groups of clients, at least one.' })
  readonly clients!: readonly ClientGroupInput[];

  @Field(() => FiniteFloat, { defaultValue: DEFAULT_READ_SHARE, description: 'The share of reads, 0 … 1.' })
  readonly readShare!: number;

  @Field(() => KeysInput, { defaultValue: {}, description: 'Which keys are used.' })
  readonly keys!: KeysInput;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_TIMEOUT_MS,
    description: `When a client gives an operation up as unknown: above 0 … ${grouped(DURATION_MS_MAX)} ms after its send. It does not try again.`,
  })
  readonly timeoutMs!: number;

  @Field(() => Int, {
    defaultValue: DEFAULT_VALUE_BYTES,
    description: `The size of a written value, 0 … ${grouped(VALUE_BYTES_MAX)} bytes.`,
  })
  readonly valueBytes!: number;
}
