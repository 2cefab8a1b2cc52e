import { randomUUID } from 'node:crypto';
import DataLoader from 'dataloader';
import type { Lab } from '../experiments/lab';
import type { ClusterRecord, ExperimentRecord, RunRecord } from '../experiments/ports/records';
import type { ExperimentResult } from '../experiments/result/experiment-result';
import { runId, type ClusterId, type ExperimentId, type RunId, type RunRef } from '../model/ids';
import { Deadline } from './errors/deadline';
import { limitedLab } from './limited-lab';

/** What the resolvers of one request share. */
export interface RequestContext {
  /** Named in every error and log line of the request. */
  readonly requestId: string;
  /** Bound to the deadline of the request. */
  readonly lab: Lab;
  readonly clusters: DataLoader<ClusterId, ClusterRecord | null>;
  readonly experiments: DataLoader<ExperimentId, ExperimentRecord | null>;
  readonly runs: DataLoader<RunRef, RunRecord | null, RunId>;
  /** Of the only point; merging is costly, and one document may ask for it more than once. */
  readonly results: DataLoader<ExperimentRecord, ExperimentResult | null, ExperimentId>;
}

export type ContextLife =
  /** One answer: a row is read once. */
  | 'ANSWER'
  /** A subscription: rows change while it lasts, so nothing is remembered. */
  | 'SUBSCRIPTION';

/** A context for one operation that arrives now. */
export function createContext(
  lab: Lab,
  { timeoutMs, life }: { timeoutMs: number; life: ContextLife },
): RequestContext {
  const deadline = new Deadline(timeoutMs);
  const bound = limitedLab(lab, (work) =>
    // A subscription lives as long as it likes; each of its questions has the usual time.
    life === 'ANSWER' ? deadline.limit(work) : new Deadline(timeoutMs).limit(work),
  );
  const cache = life === 'ANSWER';
  return {
    requestId: newRequestId(),
    lab: bound,
    clusters: new DataLoader((ids) => bound.clustersById(ids), { cache }),
    experiments: new DataLoader((ids) => bound.experimentsById(ids), { cache }),
    runs: new DataLoader((refs) => settle(refs.map((ref) => bound.findRun(ref))), {
      cache,
      cacheKeyFn: runId,
    }),
    results: new DataLoader((rows) => settle(rows.map((row) => bound.result(row, 0))), {
      cache,
      cacheKeyFn: ({ id }) => id,
    }),
  };
}

export function newRequestId(): string {
  return `req_${randomUUID()}`;
}

/** One failed item fails itself, not its neighbours. */
async function settle<Value>(work: readonly Promise<Value>[]): Promise<(Value | Error)[]> {
  const outcomes = await Promise.allSettled(work);
  return outcomes.map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value : asError(outcome.reason),
  );
}

function asError(reason: unknown): Error {
  return reason instanceof Error
    ? reason
    : new Error('a promise was rejected without an error', { cause: reason });
}
