import { Field, InputType } from 'type-graphql';
import {
  DEFAULT_DUPLICATION,
  DEFAULT_EXTRA_MS,
  DEFAULT_FACTOR,
  DEFAULT_LOSS,
} from '../../model/spec/defaults';
import type { FaultSpec, LossyLinkFault, PartitionFault, SlowLinkFault } from '../../model/spec/fault';
import { FACTOR_MAX, LATENCY_MS_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { AT } from './node-fault-inputs';
import { LENGTH } from './ranges';
import type { Variant } from './variant';

const HEAL = `When it ends: ${LENGTH} after \`atMs\`; without it with a \`heal\`, or when the clients stop.`;
const SIDE =
  'Names of nodes and datacenters; a datacenter means its nodes and its clients, a node only itself.';

/** Every name that some variant of a union has, with its input. */
type Everything<Union> = { readonly [Name in Union extends unknown ? keyof Union : never]: unknown };

@InputType({
  description:
    'What is sent from one side to the other is not delivered. Give `between` for both directions, or `from` with `to` for one.',
})
export class PartitionInput implements Everything<PartitionFault> {
  @Field(() => [[String]], { nullable: true, description: `Two sides, both directions. ${SIDE}` })
  readonly between!: readonly (readonly string[])[] | null;

  @Field(() => [String], { nullable: true, description: `The side that is not heard; with \`to\`. ${SIDE}` })
  readonly from!: readonly string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: `The side that hears nothing; with \`from\`. ${SIDE}`,
  })
  readonly to!: readonly string[] | null;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;

  @Field(() => FiniteFloat, { nullable: true, description: HEAL })
  readonly healAfterMs!: number | null;
}

@InputType({
  description:
    'A node, or a datacenter with its clients, is cut off from everybody else. Give exactly one of `node` and `datacenter`.',
})
export class IsolateInput {
  @Field(() => String, { nullable: true, description: 'The name of the node, such as "seoul-1".' })
  readonly node!: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the datacenter.' })
  readonly datacenter!: string | null;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;

  @Field(() => FiniteFloat, { nullable: true, description: HEAL })
  readonly healAfterMs!: number | null;
}

@InputType({ description: 'Every partition and isolation that has begun before ends.' })
export class HealInput implements Variant<FaultSpec, 'heal'> {
  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;
}

@InputType()
abstract class LinkFaultInput {
  @Field(() => [String], { nullable: true, description: 'Two datacenters, both directions.' })
  readonly between!: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'One datacenter: between its own nodes and clients.' })
  readonly within!: string | null;

  @Field(() => String, { nullable: true, description: 'The sending datacenter, one way; with `to`.' })
  readonly from!: string | null;

  @Field(() => String, { nullable: true, description: 'The receiving datacenter, one way; with `from`.' })
  readonly to!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: every link, the only choice in a cluster without datacenters.',
  })
  readonly everywhere!: boolean | null;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;

  @Field(() => FiniteFloat, { description: `How long: ${LENGTH}.` })
  readonly durationMs!: number;
}

@InputType({
  description:
    'Messages take longer. Give exactly one of `between`, `within`, `from` together with `to`, or `everywhere`.',
})
export class SlowLinkInput extends LinkFaultInput implements Everything<SlowLinkFault> {
  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_FACTOR,
    description: `How many times as long each takes, 0 … ${grouped(FACTOR_MAX)}.`,
  })
  readonly factor!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_EXTRA_MS,
    description: `And this more, 0 … ${grouped(LATENCY_MS_MAX)} ms.`,
  })
  readonly extraMs!: number;
}

@InputType({
  description:
    'Messages are lost or come twice, on top of what the link does by itself. Give exactly one of `between`, `within`, `from` together with `to`, or `everywhere`.',
})
export class LossyLinkInput extends LinkFaultInput implements Everything<LossyLinkFault> {
  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_LOSS,
    description: 'The probability that a message is lost, 0 … 1.',
  })
  readonly loss!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_DUPLICATION,
    description: 'The probability that a message comes twice, 0 … 1.',
  })
  readonly duplication!: number;
}
