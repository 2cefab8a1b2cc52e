import type { ExperimentId } from '../model/ids';
import { isTerminal } from '../model/status';
import { POLL_MS, whenAvailable, type Follow } from './follow-events';
import type { Progress } from './lab';
import type { ProgressRecord } from './ports/records';
import { pause, WakeUp } from './wake-up';

/** At most four updates a second. */
const BETWEEN_UPDATES_MS = 250;

/**
 * Where an experiment stands: now, after changes, and at last its end. Updates that come fast are merged into the
 * newest. Null: there is no such experiment.
 */
export async function followProgress(
  ports: Follow,
  id: ExperimentId,
  signal: AbortSignal,
): Promise<AsyncIterable<Progress> | null> {
  return (await ports.experiments.progress(id)) === null ? null : progressOf(ports, id, signal);
}

async function* progressOf(
  { experiments, changes }: Follow,
  id: ExperimentId,
  signal: AbortSignal,
): AsyncGenerator<Progress, void> {
  const wakeUp = new WakeUp();
  const unsubscribe = changes.subscribe(id, wakeUp.wake);
  let last: ProgressRecord | null = null;
  try {
    while (!signal.aborted) {
      const record = await whenAvailable(() => experiments.progress(id), signal);
      if (record === null) return;
      if (last === null || tellsMore(record, last)) yield progressFrom(record);
      if (isTerminal(record.status)) return;
      last = record;
      await pause(BETWEEN_UPDATES_MS, signal);
      await wakeUp.next(POLL_MS, signal);
    }
  } finally {
    unsubscribe();
  }
}

function tellsMore(record: ProgressRecord, last: ProgressRecord): boolean {
  return (
    record.sequence !== last.sequence ||
    record.fraction !== last.fraction ||
    record.status !== last.status ||
    record.simulatedOperations !== last.simulatedOperations
  );
}

function progressFrom(record: ProgressRecord): Progress {
  const { elapsedMs, simulatedOperations } = record;
  const measurable = elapsedMs !== null && elapsedMs > 0;
  return {
    ...record,
    operationsPerSecond: measurable ? (simulatedOperations / elapsedMs) * 1000 : null,
    etaMs: etaMs(record),
  };
}

/** As long again as it took so far, in proportion; null while nothing is done yet, or nothing is being done. */
function etaMs({ status, fraction, elapsedMs }: ProgressRecord): number | null {
  if (isTerminal(status)) return 0;
  if (elapsedMs === null || fraction === 0 || status === 'PAUSED') return null;
  return Math.round((elapsedMs * (1 - fraction)) / fraction);
}
