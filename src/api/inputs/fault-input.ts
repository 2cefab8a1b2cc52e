import { Field, InputType } from 'type-graphql';
import type { FaultSpec } from '../../model/spec/fault';
import { DURATION_MS_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { OneOf } from '../schema/one-of';
import type { Variant, Variants } from './variant';

const NODE = 'The name of the node, such as "seoul-1".';
const AT = 'When, in simulated ms from the start of the measured time: −`warmupMs` … below `durationMs`.';

@InputType({
  description:
    'A node stops: it loses its memory, what was not durable, and what it had sent and is not delivered.',
})
export class CrashInput implements Variant<FaultSpec, 'crash'> {
  @Field(() => String, { description: NODE })
  readonly node!: string;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: `When it comes back: above 0 … ${grouped(DURATION_MS_MAX)} ms after the crash; without it when the clients stop.`,
  })
  readonly restartAfterMs!: number | null;
}

@InputType({ description: 'A crashed node comes back from its durable log.' })
export class RestartInput implements Variant<FaultSpec, 'restart'> {
  @Field(() => String, { description: NODE })
  readonly node!: string;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;
}

@OneOf()
@InputType({ description: 'Something that happens to the cluster: exactly one of its fields.' })
export class FaultInput implements Variants<FaultSpec> {
  @Field(() => CrashInput, { nullable: true, description: 'A node stops.' })
  readonly crash?: CrashInput | null;

  @Field(() => RestartInput, { nullable: true, description: 'A crashed node comes back.' })
  readonly restart?: RestartInput | null;
}
