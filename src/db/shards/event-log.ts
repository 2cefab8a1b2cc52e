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
  readonly repetition: number | null;
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
    INSERT INTO "ExperimentEvent" ("experimentId", "sequence", "at", "kind", "message", "point", "repetition")
    SELECT $1, $9::bigint + event.ordinality, statement_timestamp(), event.kind, event.message, event.point, event.repetition
    FROM unnest($10::"EventKind"[], $11::text[], $12::int[], $13::int[]) WITH ORDINALITY
      AS event (kind, message, point, repetition, ordinality)
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
  ]);
  return { ...experiment, lastSequence };
}

export function eventOfExperiment(kind: EventKind, message: string): NewEvent {
  return { kind, message, point: null, repetition: null };
}

/** One event per run. People count runs from 1, through all points; `tells` follows "Run 3 of 10". */
export function eventsOfRuns(
  experiment: LockedExperiment,
  { kind, runs, tells }: { readonly kind: EventKind; readonly runs: ShardRuns; readonly tells: string },
): NewEvent[] {
  const firstNumber = runs.point * experiment.repetitions + runs.firstRepetition + 1;
  return Array.from({ length: runs.runCount }, (_, index) => ({
    kind,
    message: `Run ${firstNumber + index} of ${experiment.runCount} ${tells}`,
    point: runs.point,
    repetition: runs.firstRepetition + index,
  }));
}
