import { Field, InputType } from 'type-graphql';
import type { FaultSpec } from '../../model/spec/fault';
import { OneOf } from '../schema/one-of';
import { HealInput, IsolateInput, LossyLinkInput, PartitionInput, SlowLinkInput } from './link-fault-inputs';
import {
  ClockSkewInput,
  CrashInput,
  DatacenterOutageInput,
  PauseInput,
  RestartInput,
  RollingUpgradeInput,
  SlowDiskInput,
} from './node-fault-inputs';
import type { Variants } from './variant';

@OneOf()
@InputType({ description: 'Something that happens to the cluster: exactly one of its fields.' })
export class FaultInput implements Variants<FaultSpec> {
  @Field(() => CrashInput, { nullable: true, description: 'A node stops.' })
  readonly crash?: CrashInput | null;

  @Field(() => RestartInput, { nullable: true, description: 'A crashed node comes back.' })
  readonly restart?: RestartInput | null;

  @Field(() => PauseInput, { nullable: true, description: 'A node stands still.' })
  readonly pause?: PauseInput | null;

  @Field(() => PartitionInput, { nullable: true, description: 'Two sides are parted.' })
  readonly partition?: PartitionInput | null;

  @Field(() => IsolateInput, { nullable: true, description: 'One is parted from all others.' })
  readonly isolate?: IsolateInput | null;

  @Field(() => HealInput, { nullable: true, description: 'Every partition ends.' })
  readonly heal?: HealInput | null;

  @Field(() => SlowLinkInput, { nullable: true, description: 'Messages take longer.' })
  readonly slowLink?: SlowLinkInput | null;

  @Field(() => LossyLinkInput, { nullable: true, description: 'Messages are lost or come twice.' })
  readonly lossyLink?: LossyLinkInput | null;

  @Field(() => SlowDiskInput, { nullable: true, description: 'Flushes of a node take longer.' })
  readonly slowDisk?: SlowDiskInput | null;

  @Field(() => ClockSkewInput, { nullable: true, description: 'The clock of a node is wrong.' })
  readonly clockSkew?: ClockSkewInput | null;

  @Field(() => DatacenterOutageInput, { nullable: true, description: 'A whole datacenter is gone.' })
  readonly datacenterOutage?: DatacenterOutageInput | null;

  @Field(() => RollingUpgradeInput, { nullable: true, description: 'Node after node is shut down.' })
  readonly rollingUpgrade?: RollingUpgradeInput | null;
}
