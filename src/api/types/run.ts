import { Field, ID, Int } from 'type-graphql';
import { runId, type RunId } from '../../model/ids';
import type { RunStatus } from '../../model/status';
import type { RunRecord } from '../../experiments/ports/records';
import { RunStatusType } from './enums';
import { Node } from './node';
import { PlainType, type Plain } from '../schema/plain-type';

@PlainType('Run', {
  description: 'One repetition of an experiment: one simulated world with its own seed.',
  implements: Node,
})
export class Run {
  @Field(() => ID, { description: 'Opaque, `run_…`.' })
  readonly id!: RunId;

  @Field(() => Int, { description: 'The point of the sweep it belongs to, from 0; 0 without a sweep.' })
  readonly point!: number;

  @Field(() => Int, { description: 'Its number among the runs of its point, from 0.' })
  readonly repetition!: number;

  @Field(() => RunStatusType, { description: 'Where it stands.' })
  readonly status!: RunStatus;

  @Field(() => String, {
    nullable: true,
    description:
      'Its own seed, 0 … 2⁶⁴ − 1 in decimal, mixed from the seed of the experiment and the repetition; null until it has ended.',
  })
  readonly seed!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'SHA-256 of its canonical measurements in hexadecimal; equal runs have equal hashes. Null until it has ended.',
  })
  readonly resultHash!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Rolling hash of everything that happened in it, 32 hexadecimal digits: runs that differ in anything recorded differ in it. Null until it has ended.',
  })
  readonly runHash!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it ended before its time because its `eventBudget` was used up; null until it has ended.',
  })
  readonly truncated!: boolean | null;

  @Field(() => String, { nullable: true, description: 'Why it failed; null otherwise.' })
  readonly failureReason!: string | null;

  /** Not a field: leads to the experiment. */
  readonly record!: RunRecord;
}

/** A run as the API shows it. */
export function shownRun(record: RunRecord): Plain<Run> {
  const { point, repetition, status, summary, failureReason } = record;
  return {
    id: runId(record),
    point,
    repetition,
    status,
    seed: summary?.seed ?? null,
    resultHash: summary?.resultHash ?? null,
    runHash: summary?.runHash ?? null,
    truncated: summary?.truncated ?? null,
    failureReason,
    record,
  };
}
