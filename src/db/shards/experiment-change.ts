import type { ExperimentStatus } from '../../model/status';
import type { EventKind, ShardRef } from '../../experiments/ports/records';
import { CHANGES_CHANNEL } from '../change-feed';
import type { Sql } from '../connection';
import type { LockedExperiment } from './experiment-lock';

/** The runs that a change tells of: consecutive repetitions of one point. */
export type ShardRuns = Pick<ShardRef, 'point' | 'firstRepetition' | 'runCount'>;

/** What happened to a shard, one event per run. */
export interface ShardChange {
  readonly kind: 'RUN_STARTED' | 'RUN_HANDED_BACK' | 'RUN_RECLAIMED' | 'RUN_SUCCEEDED' | 'RUN_FAILED';
  readonly runs: ShardRuns;
  /** Follows "Run 3 of 10" in the event's message. */
  readonly tells: string;
}

interface NewEvent {
  readonly kind: EventKind;
  readonly message: string;
  readonly point: number | null;
  readonly repetition: number | null;
}

/** Counts, status, events and wake-up of one change in one statement, under the experiment's lock. */
const RECORD = `
  WITH changed AS (
    UPDATE "Experiment" SET "status" = $2::"ExperimentStatus", "completedRuns" = $3, "failedRuns" = $4, "lastSequence" = $5,
      "startedAt" = CASE WHEN $6 THEN statement_timestamp() ELSE "startedAt" END,
      "finishedAt" = CASE WHEN $7 THEN statement_timestamp() ELSE "finishedAt" END
    WHERE "id" = $1
  ), told AS (
    INSERT INTO "ExperimentEvent" ("experimentId", "sequence", "at", "kind", "message", "point", "repetition")
    SELECT $1, $8::bigint + event.ordinality, statement_timestamp(), event.kind, event.message, event.point, event.repetition
    FROM unnest($9::"EventKind"[], $10::text[], $11::int[], $12::int[]) WITH ORDINALITY
      AS event (kind, message, point, repetition, ordinality)
  )
  SELECT pg_notify('${CHANGES_CHANNEL}', $1)`;

/**
 * Writes what a shard's change means for its experiment: the first start makes it RUNNING, the last end SUCCEEDED,
 * or FAILED if any run failed. Returns the experiment as it is now, still locked.
 */
export async function recordChange(
  sql: Sql,
  before: LockedExperiment,
  change: ShardChange,
): Promise<LockedExperiment> {
  const starts = before.status === 'QUEUED' && change.kind === 'RUN_STARTED';
  const counted = countRuns(before, change);
  const ends = counted.completedRuns === counted.runCount;
  const status = ends ? endOf(counted) : starts ? 'RUNNING' : before.status;
  const events = [
    ...(starts ? [eventOfExperiment('STARTED', 'Started.')] : []),
    ...eventsOfRuns(before, change),
    ...(ends ? [eventOfExperiment(endOf(counted), endMessage(counted))] : []),
  ];
  const after = { ...counted, status, lastSequence: before.lastSequence + BigInt(events.length) };
  await write(sql, { before, after, events, starts, ends });
  return after;
}

function countRuns(before: LockedExperiment, { kind, runs }: ShardChange): LockedExperiment {
  const ended = kind === 'RUN_SUCCEEDED' || kind === 'RUN_FAILED' ? runs.runCount : 0;
  return {
    ...before,
    completedRuns: before.completedRuns + ended,
    failedRuns: before.failedRuns + (kind === 'RUN_FAILED' ? ended : 0),
  };
}

function endOf({ failedRuns }: LockedExperiment): 'SUCCEEDED' | 'FAILED' {
  return failedRuns > 0 ? 'FAILED' : 'SUCCEEDED';
}

function endMessage({ runCount, failedRuns }: LockedExperiment): string {
  if (failedRuns > 0) return `Failed: ${failedRuns} of ${runCount} runs failed.`;
  return runCount === 1 ? 'Succeeded: its run has ended.' : `Succeeded: all ${runCount} runs have ended.`;
}

function eventOfExperiment(kind: EventKind, message: string): NewEvent {
  return { kind, message, point: null, repetition: null };
}

/** People count runs from 1, through all points. */
function eventsOfRuns(experiment: LockedExperiment, { kind, runs, tells }: ShardChange): NewEvent[] {
  const firstNumber = runs.point * experiment.repetitions + runs.firstRepetition + 1;
  return Array.from({ length: runs.runCount }, (_, index) => ({
    kind,
    message: `Run ${firstNumber + index} of ${experiment.runCount} ${tells}`,
    point: runs.point,
    repetition: runs.firstRepetition + index,
  }));
}

interface Recorded {
  readonly before: LockedExperiment;
  readonly after: LockedExperiment & { readonly status: ExperimentStatus };
  readonly events: readonly NewEvent[];
  readonly starts: boolean;
  readonly ends: boolean;
}

async function write(sql: Sql, { before, after, events, starts, ends }: Recorded): Promise<void> {
  await sql.query(RECORD, [
    after.id,
    after.status,
    after.completedRuns,
    after.failedRuns,
    after.lastSequence,
    starts,
    ends,
    before.lastSequence,
    events.map(({ kind }) => kind),
    events.map(({ message }) => message),
    events.map(({ point }) => point),
    events.map(({ repetition }) => repetition),
  ]);
}
