import { Field } from 'type-graphql';
import type { NoticeKind } from '../../model/observer';
import type { NoticeCount, Notices } from '../../model/replication-measurements';
import { BigIntegerScalar } from '../scalars/big-integer';
import { describedEnum } from '../schema/described-enum';
import { PlainType } from '../schema/plain-type';

/** The same words stand in the timeline. */
export const NOTICE_KIND_WORDS: Readonly<Record<NoticeKind, string>> = {
  DECLARED_DEAD: 'A node heard nothing of another for too long and declared it dead.',
  ELECTED: 'A node was chosen to follow another as the leader.',
  BEGAN_TO_LEAD: 'A node began to lead.',
  STEPPED_DOWN: 'A node gave up the lead, for it heard of one that leads in a newer epoch.',
  CUT_POWER: 'A node cut off the power of another (STONITH).',
  TAIL_DISCARDED: 'A node threw away the end of its log, which its leader had not.',
  SEMI_SYNC_OFF: 'A leader did not wait for followers any more: semi-synchronous became asynchronous.',
  SEMI_SYNC_ON: 'A leader waited for followers again.',
  FULL_COPY_BEGAN: 'A node asked another for a copy of all its data, for the log was not kept for it.',
  FULL_COPY_ENDED: 'A node had such a copy.',
  REWIND_BEGAN: 'A node asked another for all that it had changed itself since their logs parted.',
  REWIND_ENDED: 'A node was again as the other had been where their logs parted.',
  INCOMPATIBLE: 'A node could not apply the log of another, which ran another version.',
  COMPATIBLE: 'A node could apply that log again.',
};

export const NoticeKindType = describedEnum<NoticeKind>(
  'NoticeKind',
  'What nodes did by the rules of their protocol, beside serving.',
  NOTICE_KIND_WORDS,
);

@PlainType('NoticeCount', { description: 'How often nodes did something.' })
export class NoticeCountType implements NoticeCount {
  @Field(() => NoticeKindType, { description: 'What they did.' })
  readonly kind!: NoticeKind;

  @Field(() => BigIntegerScalar, { description: 'How often, in all runs together, at least 1.' })
  readonly count!: number;
}

@PlainType('Notices', { description: 'What nodes did by the rules of their protocol, beside serving.' })
export class NoticesType implements Notices {
  @Field(() => [NoticeCountType], {
    description: 'How often each kind came; without those that never did. `timeline` tells when.',
  })
  readonly counts!: readonly NoticeCount[];

  @Field(() => BigIntegerScalar, {
    description: 'Bytes of the full copies and rewinds that were completed, at least 0.',
  })
  readonly copiedBytes!: number;

  @Field(() => BigIntegerScalar, {
    description: 'Log entries in the tails that were thrown away, acknowledged or not, at least 0.',
  })
  readonly discardedEntries!: number;
}
