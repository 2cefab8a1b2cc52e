import type { ExperimentSpec } from '../../model/spec/experiment';
import { EVENT_BUDGET_MAX } from '../../model/spec/limits';
import { nodesOf } from '../../model/spec/topology';
import { expectedOperations } from './expected-operations';

/** Of every operation at every node: an order of magnitude more than a protocol needs that retries and repairs. */
const EVENTS_PER_OPERATION_AND_NODE = 100;
/** Heartbeats and other timers of an idle node. */
const EVENTS_PER_MS_AND_NODE = 1;
/** For what does not grow with the run: elections, catching up, settling. */
const EVENTS_OF_ANY_RUN = 1_000_000;

/**
 * How many events a run may have unless its author says otherwise: far above what a run needs, so that only one
 * that would hardly ever end meets it.
 */
export function defaultEventBudget({ cluster, workload }: ExperimentSpec): number {
  const { durationMs, warmupMs } = workload;
  const perNode =
    EVENTS_PER_OPERATION_AND_NODE * expectedOperations({ cluster, workload }) +
    EVENTS_PER_MS_AND_NODE * (durationMs + warmupMs);
  const budget = Math.ceil(EVENTS_OF_ANY_RUN + nodesOf(cluster).length * perNode);
  return Math.min(budget, EVENT_BUDGET_MAX);
}
