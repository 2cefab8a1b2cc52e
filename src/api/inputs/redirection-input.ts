import { Field, InputType } from 'type-graphql';
import { FiniteFloat } from '../scalars/finite-float';
import { OneOf } from '../schema/one-of';
import { LENGTH_OR_NONE, LENGTH } from './ranges';

@InputType({ description: 'A record in the domain name system that names the leader.' })
export class DnsInput {
  @Field(() => FiniteFloat, {
    defaultValue: 30_000,
    description: `How long clients keep the record before they ask again (its time to live), ${LENGTH}.`,
  })
  readonly ttlMs!: number;
}

@InputType({ description: 'An address that whoever leads takes over.' })
export class VirtualIpInput {
  @Field(() => FiniteFloat, {
    defaultValue: 500,
    description: `How long the address takes to move to a new leader, ${LENGTH_OR_NONE}.`,
  })
  readonly moveMs!: number;
}

@InputType({ description: 'A proxy beside the clients, such as HAProxy or ProxySQL.' })
export class ProxyInput {
  @Field(() => FiniteFloat, {
    defaultValue: 1000,
    description: `How often it looks who leads, ${LENGTH}.`,
  })
  readonly checkIntervalMs!: number;
}

@OneOf()
@InputType({ description: 'How clients find a new leader: exactly one of its fields.' })
export class RedirectionInput {
  @Field(() => DnsInput, { nullable: true, description: 'By name. `{}` for its default.' })
  readonly dns?: DnsInput | null;

  @Field(() => VirtualIpInput, {
    nullable: true,
    description: 'By an address that moves. `{}` for its default.',
  })
  readonly virtualIp?: VirtualIpInput | null;

  @Field(() => ProxyInput, {
    nullable: true,
    description: 'By a proxy that looks. `{}` for its default.',
  })
  readonly proxy?: ProxyInput | null;
}
