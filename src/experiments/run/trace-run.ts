import type { Trace } from '../../model/trace';
import { createSimulation, outlineOfRun, vocabularyOf } from '../../protocols/create-simulation';
import type { RunInput } from './start-run';
import { TraceCollector } from './trace-collector';

/** Events of a trace, unless its reader asks for fewer or more. */
export const TRACE_EVENTS_MAX = 10_000;

export interface TraceInput extends RunInput {
  /** From one moment up to, and without, another: simulated milliseconds; the warm-up is before 0. */
  readonly fromMs: number;
  readonly toMs: number;
  /** `TRACE_EVENTS_MAX` by default. When there is more, the trace ends early and says so. */
  readonly eventsMax?: number;
}

export interface RunTrace extends Trace {
  /** The hash of the run, the same as in its result; null if the run was left before its end. */
  readonly runHash: string | null;
}

/** How soon it is seen that nothing of what comes belongs to the trace. */
const EVENTS_PER_STEP = 1000;

/**
 * Plays a run once more, from its beginning to the end of a window, and tells everything that happens in the window.
 *
 * @throws InvariantError if the window does not end after it begins.
 */
export function traceRun({ fromMs, toMs, eventsMax = TRACE_EVENTS_MAX, ...run }: TraceInput): RunTrace {
  const outline = outlineOfRun(run.spec, run.repetition);
  const vocabulary = vocabularyOf(run.spec.cluster);
  const collector = new TraceCollector({ outline, vocabulary, fromMs, toMs, eventsMax });
  const simulation = createSimulation({ ...run, observer: collector, tracer: collector });
  while (!simulation.done && !collector.isOver) simulation.advance(EVENTS_PER_STEP);
  return { ...collector.trace(), runHash: simulation.done ? simulation.hash : null };
}
