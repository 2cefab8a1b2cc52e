import { Field, ID, Int } from 'type-graphql';
import type { ClusterId } from '../../model/ids';
import type { ClusterSpec, DatacenterSpec } from '../../model/spec/cluster';
import type { NodeRole } from '../../experiments/lab';
import type { ClusterRecord } from '../../experiments/ports/records';
import { DateTimeScalar } from '../scalars/date-time';
import { JsonScalar } from '../scalars/json';
import { Node } from './node';
import { PlainType } from '../schema/plain-type';

@PlainType('Cluster', {
  description: 'A definition of a replicated database. It never changes.',
  implements: Node,
})
export class Cluster implements ClusterRecord {
  @Field(() => ID, { description: 'Opaque, `clu_…`; later clusters have greater ids.' })
  readonly id!: ClusterId;

  @Field(() => String, { description: 'As it was given; names need not be unique.' })
  readonly name!: string;

  @Field(() => JsonScalar, { description: 'The whole definition with every default filled in.' })
  readonly spec!: ClusterSpec;

  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  readonly createdAt!: Date;
}

@PlainType('Datacenter', { description: 'A named place that holds nodes.' })
export class Datacenter implements DatacenterSpec {
  @Field(() => String, { description: 'Unique in its cluster.' })
  readonly name!: string;

  @Field(() => Int, { description: 'How many nodes it has, at least 1.' })
  readonly nodes!: number;
}

@PlainType('ClusterNode', { description: 'A server of a cluster.' })
export class ClusterNode implements NodeRole {
  @Field(() => String, {
    description:
      'Unique in its cluster: `<datacenter>-1` … `<datacenter>-n`, without datacenters `node-1` … `node-n`.',
  })
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where it stands; null in a cluster without datacenters.',
  })
  readonly datacenter!: string | null;

  @Field(() => String, {
    description: 'What its protocol makes of it at the start; with a single leader `LEADER` or `FOLLOWER`.',
  })
  readonly role!: string;
}
