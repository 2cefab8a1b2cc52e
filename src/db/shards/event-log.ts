import { isTerminal } from '../../model/status';
import type { EventKind, ShardRef } from '../../experiments/ports/records';
import { CHANGES_CHANNEL } from '../change-feed';
import type { Sql } from '../connection';
import type { LockedExperiment } from './experiment-lock';

/** The runs that an event tells of: consecutive repetitions of one point. */
export type ShardRuns = Pick<ShardRef, 'point' | 'firstRepetition' | 'runCount'>;

export interface NewEvent {
  readonly kind: EventKind;
  readonly message: string;
  readonly point: number | null;
  /** The first, where it tells of several. */
  readonly repetition: number | null;
  readonly runCount: number | null;
}

/** Counts, status, events and wake-up of one change in one statement, under the experiment's lock. */
const RECORD = `
  WITH changed AS (
    UPDATE "Experiment" SET "status" = $2::"ExperimentStatus", "completedRuns" = $3, "failedRuns" = $4,
      "cancelledRuns" = $5, "lastSequence" = $6,
      "startedAt" = CASE WHEN $7 THEN coalesce("startedAt", statement_timestamp()) END,
      "finishedAt" = CASE WHEN $8 THEN statement_timestamp() END
    WHERE "id" = $1
  ), told AS (
    INSERT INTO "ExperimentEvent" ("experimentId", "sequence", "at", "kind", "message", "point", "repetition", "runCount")
    SELECT $1, $9::bigint + event.ordinality, statement_timestamp(), event.kind, event.message,
      event.point, event.repetition, event.count
    FROM unnest($10::"EventKind"[], $11::text[], $12::int[], $13::int[], $14::int[]) WITH ORDINALITY
      AS event (kind, message, point, repetition, count, ordinality)
  )
  SELECT pg_notify('${CHANGES_CHANNEL}', $1)`;

/**
 * Writes how the experiment stands now and the events that tell of it, after those it has. Returns the experiment,
 * still locked, with its new sequence. Nothing may follow on one that has ended.
 */
export async function writeExperiment(
  sql: Sql,
  experiment: LockedExperiment,
  events: readonly NewEvent[],
): Promise<LockedExperiment> {
  const { id, status, completedRuns, failedRuns, cancelledRuns, hasStarted } = experiment;
  const lastSequence = experiment.lastSequence + BigInt(events.length);
  await sql.query(RECORD, [
    ...[id, status, completedRuns, failedRuns, cancelledRuns, lastSequence, hasStarted, isTerminal(status)],
    experiment.lastSequence,
    events.map(({ kind }) => kind),
    events.map(({ message }) => message),
    events.map(({ point }) => point),
    events.map(({ repetition }) => repetition),
    events.map(({ runCount }) => runCount),
  ]);
  return { ...experiment, lastSequence };
}

export function eventOfExperiment(kind: EventKind, message: string): NewEvent {
  return { kind, message, point: null, repetition: null, runCount: null };
}

/**
 * One event for all runs of a shard: a log of a thousand lines for two seconds of work would tell nobody more. People
 * count runs from 1, through all points; `tells` follows "Run 3 of 10".
 */
export function eventOfRuns(
  experiment: LockedExperiment,
  { kind, runs, tells }: { readonly kind: EventKind; readonly runs: ShardRuns; readonly tells: string },
): NewEvent {
  const { point, firstRepetition, runCount } = runs;
  const first = point * experiment.repetitions + firstRepetition + 1;
  const message =
    runCount === 1
      ? `Run ${first} of ${experiment.runCount} ${tells}`
      : `Runs ${first} to ${first + runCount - 1} of ${experiment.runCount} ${tells.replace(/^was /, 'were ')}`;
  return { kind, message, point, repetition: firstRepetition, runCount };
}
