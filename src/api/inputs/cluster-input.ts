import { Field, InputType, Int } from 'type-graphql';
import type { ClockSpec, ClusterSpec, DatacenterSpec, NodeProfile } from '../../model/spec/cluster';
import { DEFAULT_CLOCK_ERROR, DEFAULT_FSYNC, DEFAULT_SERVICE_TIME } from '../../model/spec/defaults';
import { IDEMPOTENCY_KEY_CHARACTERS_MAX, NAME_CHARACTERS_MAX, NODES_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { DistributionInput } from './distribution-input';
import { LinkInput } from './link-input';
import { DRIFT_RANGE, OFFSET_RANGE } from './node-fault-inputs';
import { ReplicationInput } from './replication-input';

const NAME = `1 … ${NAME_CHARACTERS_MAX} characters`;

@InputType({ description: 'A named place that holds nodes; they are named `<name>-1` … `<name>-n`.' })
export class DatacenterInput implements DatacenterSpec {
  @Field(() => String, { description: `Unique in its cluster, ${NAME}.` })
  readonly name!: string;

  @Field(() => Int, { description: `How many nodes, 1 … ${grouped(NODES_MAX)}.` })
  readonly nodes!: number;
}

@InputType({ description: 'How fast the nodes are.' })
export class NodeProfileInput implements Record<keyof NodeProfile, DistributionInput> {
  @Field(() => DistributionInput, {
    defaultValue: DEFAULT_SERVICE_TIME,
    description: 'How long a node is busy with one request or one replicated entry.',
  })
  readonly serviceTime!: DistributionInput;

  @Field(() => DistributionInput, {
    defaultValue: DEFAULT_FSYNC,
    description: 'How long its disk takes to make what was written durable.',
  })
  readonly fsync!: DistributionInput;
}

@InputType({
  description:
    "The error of a node's clock: t ms after the start of the measured time it shows t + `offsetMs` + `driftPpm` · t / 1,000,000.",
})
export class ClockInput implements ClockSpec {
  @Field(() => String, { description: 'The name of the node, such as "seoul-1".' })
  readonly node!: string;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_CLOCK_ERROR,
    description: `How far it is ahead at the start of the measured time, ${OFFSET_RANGE}.`,
  })
  readonly offsetMs!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_CLOCK_ERROR,
    description: `How much it gains, ${DRIFT_RANGE}.`,
  })
  readonly driftPpm!: number;
}

/** What every cluster is made of, stored or inline. */
@InputType({
  description: 'A replicated database. Give `datacenters`, or `nodes` for one without datacenters.',
})
export class ClusterInput implements Record<keyof ClusterSpec, unknown> {
  @Field(() => String, { description: `For people, ${NAME}; it need not be unique.` })
  readonly name!: string;

  @Field(() => [DatacenterInput], { nullable: true, description: 'At least one. Not together with `nodes`.' })
  readonly datacenters!: readonly DatacenterInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many nodes, 1 … ${grouped(NODES_MAX)}, named \`node-1\` … \`node-n\`. Not together with \`datacenters\`.`,
  })
  readonly nodes!: number | null;

  @Field(() => [LinkInput], {
    nullable: true,
    description:
      'Latencies: every pair of datacenters needs a link. Inside a datacenter 0.25 ms constant where none is given.',
  })
  readonly links!: readonly LinkInput[] | null;

  @Field(() => NodeProfileInput, { defaultValue: {}, description: 'How fast the nodes are.' })
  readonly nodeProfile!: NodeProfileInput;

  @Field(() => [ClockInput], {
    defaultValue: [],
    description: 'The clocks that are wrong, at most one entry a node; all others are exact.',
  })
  readonly clocks!: readonly ClockInput[];

  @Field(() => ReplicationInput, { description: 'How writes reach the replicas.' })
  readonly replication!: ReplicationInput;
}

@InputType({ description: 'A cluster to store, for any number of experiments.' })
export class CreateClusterInput extends ClusterInput {
  @Field(() => String, {
    nullable: true,
    description:
      `Of your choice, 1 … ${IDEMPOTENCY_KEY_CHARACTERS_MAX} characters: the same key with the same input gives the ` +
      'same answer and makes nothing new. Kept at least 24 hours.',
  })
  readonly idempotencyKey!: string | null;
}
