import type { ExperimentSpec } from '../../model/spec/experiment';
import { EVENT_BUDGET_MAX } from '../../model/spec/limits';
import { nodesOf } from '../../model/spec/topology';
import { SETTLE_MS_MAX } from '../../engine/faults/timetable';
import { idleEventsPerMs } from '../../protocols/create-simulation';
import { expectedOperations } from './expected-operations';

/** Of every operation at every node: an order of magnitude more than a protocol needs that retries and repairs. */
const EVENTS_PER_OPERATION_AND_NODE = 100;
/** Of an idle node, beside the heartbeats that its protocol tells of. */
const EVENTS_PER_MS_AND_NODE = 1;
/** Twice what it tells: elections and answers come on top. */
const IDLE_FACTOR = 2;
/** For what does not grow with the run: elections, catching up, settling. */
const EVENTS_OF_ANY_RUN = 1_000_000;

/**
 * How many events a run may have unless its author says otherwise: far above what a run needs, so that only one
 * that would hardly ever end meets it.
 */
export function defaultEventBudget({ cluster, workload }: ExperimentSpec): number {
  const { durationMs, warmupMs } = workload;
  // The longest that a run may take; one that may take very long, as a probe does, ends when its work is done.
  const idle = IDLE_FACTOR * idleEventsPerMs(cluster) * (warmupMs + durationMs + SETTLE_MS_MAX);
  const perNode =
    EVENTS_PER_OPERATION_AND_NODE * expectedOperations({ cluster, workload }) +
    EVENTS_PER_MS_AND_NODE * (durationMs + warmupMs);
  const budget = Math.ceil(EVENTS_OF_ANY_RUN + idle + nodesOf(cluster).length * perNode);
  return Math.min(budget, EVENT_BUDGET_MAX);
}
