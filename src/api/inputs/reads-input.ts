import { Field, InputType } from 'type-graphql';
import { DURATION_MS_MAX, LAG_BOUND_MS_MIN } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { describedEnum } from '../schema/described-enum';
import { LENGTH_OR_NONE, LENGTH } from './ranges';

type ReadPolicy =
  | 'LEADER'
  | 'ANY_FOLLOWER'
  | 'NEAREST'
  | 'STICKY'
  | 'LAG_BOUNDED'
  | 'LEADER_AFTER_WRITE'
  | 'TIMESTAMP_TOKEN'
  | 'LSN_TOKEN';

const ReadPolicyType = describedEnum<ReadPolicy>('ReadPolicy', 'Which replica answers a read.', {
  LEADER: 'The leader: never stale, and far away for some.',
  ANY_FOLLOWER: 'A follower drawn anew for each read.',
  NEAREST: 'A replica in the datacenter of the client, or the one of the least mean latency.',
  STICKY: 'Always the same follower for a session: it never goes back in time while that one lasts.',
  LAG_BOUNDED: 'A follower that is at most `maxLagMs` behind, else the leader.',
  LEADER_AFTER_WRITE:
    'The leader for `windowMs` after a write of the session was acknowledged, else a follower: the session reads its own writes.',
  TIMESTAMP_TOKEN:
    'A follower that has reached the time of what the session wrote or read last; it waits `waitMs` for that, then the leader answers.',
  LSN_TOKEN:
    'A follower that has reached the log position of what the session wrote or read last; it waits `waitMs` for that, then ' +
    'the leader answers.',
});

@InputType({ description: 'Where reads go.' })
export class ReadsInput {
  @Field(() => ReadPolicyType, { defaultValue: 'LEADER', description: 'Which replica answers.' })
  readonly policy!: ReadPolicy;

  @Field(() => FiniteFloat, {
    defaultValue: 5000,
    description: `Of LAG_BOUNDED: a follower that is further behind sends the reader to the next one, and the last one to the leader: ${LAG_BOUND_MS_MIN} … ${grouped(DURATION_MS_MAX)} ms. Otherwise it means nothing.`,
  })
  readonly maxLagMs!: number;

  @Field(() => FiniteFloat, {
    defaultValue: 60_000,
    description: `Of LEADER_AFTER_WRITE: how long after its write a session reads from the leader, ${LENGTH}. Otherwise it means nothing.`,
  })
  readonly windowMs!: number;

  @Field(() => FiniteFloat, {
    defaultValue: 1000,
    description: `Of the tokens: how long a follower lets a read wait for what it lacks, ${LENGTH_OR_NONE}. Otherwise it means nothing.`,
  })
  readonly waitMs!: number;
}
