import { Field, InputType } from 'type-graphql';
import {
  NEMESIS_CLOCK_OFFSET_MS_MAX,
  NEMESIS_DISK_FACTOR,
  NEMESIS_LINK_FACTOR,
  NEMESIS_LOSS,
} from '../../model/spec/defaults';
import type { NemesisKind, NemesisSpec } from '../../model/spec/nemesis';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { describedEnum } from '../schema/described-enum';
import { LENGTH } from './ranges';

export const NemesisKindType = describedEnum<NemesisKind>('NemesisKind', 'What a nemesis does.', {
  CRASH: 'A node crashes and loses what it had sent. Each node by itself.',
  PAUSE: 'A node stands still. Each node by itself.',
  SLOW_DISK: `Flushes of a node take ${NEMESIS_DISK_FACTOR} times as long. Each node by itself.`,
  CLOCK_SKEW: `The clock of a node jumps by up to ${grouped(NEMESIS_CLOCK_OFFSET_MS_MAX)} ms, ahead or back. Each node by itself.`,
  PARTITION: 'The nodes fall into two random halves that lose each other; clients reach all of them.',
  SLOW_LINK: `Messages between two random datacenters take ${NEMESIS_LINK_FACTOR} times as long; in the only datacenter, or in a cluster without, all of them.`,
  LOSSY_LINK: `${NEMESIS_LOSS * 100} % of the messages are lost, of the same that SLOW_LINK hits.`,
  DATACENTER_OUTAGE: 'A random datacenter goes out, with its clients.',
});

@InputType({
  description:
    'Random faults. For each kind, and each node where it hits nodes, good and bad times alternate; both are exponentially ' +
    'distributed, and a good time comes first, at −`warmupMs`. In the long run a node is up for MTTF / (MTTF + MTTR) of the time.',
})
export class NemesisInput implements NemesisSpec {
  @Field(() => FiniteFloat, { description: `Mean length of a good time: ${LENGTH}.` })
  readonly meanTimeToFailureMs!: number;

  @Field(() => FiniteFloat, { description: `Mean length of a bad time: ${LENGTH}.` })
  readonly meanTimeToRepairMs!: number;

  @Field(() => [NemesisKindType], { description: 'What it does: at least one, each by itself.' })
  readonly kinds!: readonly NemesisKind[];

  @Field(() => [String], {
    nullable: true,
    description:
      'The names of the nodes that it may hit with what befalls nodes, and part; without it every node.',
  })
  readonly nodes!: readonly string[] | null;
}
