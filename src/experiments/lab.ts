import type { Problem, Warning } from '../model/problem';
import type { ClusterId, ExperimentId, RunRef } from '../model/ids';
import type { NodePlace } from '../model/spec/topology';
import type {
  ClusterRecord,
  ExperimentEvent,
  ExperimentRecord,
  ProgressRecord,
  RunRecord,
} from './ports/records';
import type { Page, PageRequest } from './ports/stores';
import type { ExperimentResult } from './result/experiment-result';
import type { HistoryExport, HistoryState } from './run-history';

/** What a mutation came to: all problems at once, or the row with what may surprise about it. */
export type Outcome<Row> =
  | {
      readonly kind: 'DONE';
      readonly record: Row;
      /** The idempotency key was used before with the same input; nothing new was made. */
      readonly replayed: boolean;
      readonly warnings: readonly Warning[];
    }
  | { readonly kind: 'REFUSED'; readonly problems: readonly Problem[] };

/** A node of a cluster and what its protocol makes of it at the start, such as LEADER or FOLLOWER. */
export interface NodeRole extends NodePlace {
  readonly role: string;
}

/** Progress as a follower sees it. */
export interface Progress extends ProgressRecord {
  /** Simulated operations per wall second since the first run started; null before. */
  readonly operationsPerSecond: number | null;
  /** Estimated wall time to the end; null while nothing can be said, as of a paused experiment. */
  readonly etaMs: number | null;
}

export type RunCursor = Pick<RunRef, 'point' | 'repetition'>;

/** Why the lab cannot serve yet, one sentence each; empty when it can. */
export type ReadinessReasons = readonly string[];

/**
 * Everything a door (GraphQL, HTTP, command line) may ask of the lab. Inputs are untrusted: plain data that
 * the domain checks; their shapes are those of `api.md`'s input types.
 */
export interface Lab {
  /** `input`: name, datacenters or nodes, links, nodeProfile, replication, idempotencyKey. */
  createCluster(input: object): Promise<Outcome<ClusterRecord>>;
  /** `input`: name, clusterId or cluster, workload, faults, nemesis, repetitions, seed, eventBudget, idempotencyKey. */
  submitExperiment(input: object): Promise<Outcome<ExperimentRecord>>;
  /** `input`: id. What waits ends at once, what runs within two seconds. */
  cancelExperiment(input: object): Promise<Outcome<ExperimentRecord>>;
  /** `input`: id. Nothing starts any more; what runs is handed back within two seconds. */
  pauseExperiment(input: object): Promise<Outcome<ExperimentRecord>>;
  /** `input`: id. */
  resumeExperiment(input: object): Promise<Outcome<ExperimentRecord>>;
  clustersById(ids: readonly ClusterId[]): Promise<readonly (ClusterRecord | null)[]>;
  experimentsById(ids: readonly ExperimentId[]): Promise<readonly (ExperimentRecord | null)[]>;
  clusters(request: PageRequest<ClusterId>): Promise<Page<ClusterRecord>>;
  clusterCount(): Promise<number>;
  experiments(request: PageRequest<ExperimentId>): Promise<Page<ExperimentRecord>>;
  experimentCount(): Promise<number>;
  /** Nodes in the order of their ids, with the roles they start in. */
  nodesOf(cluster: ClusterRecord): readonly NodeRole[];
  runs(id: ExperimentId, request: PageRequest<RunCursor>): Promise<Page<RunRecord>>;
  findRun(run: RunRef): Promise<RunRecord | null>;
  /** What is kept of the operations of a run. */
  historyState(run: RunRecord): Promise<HistoryState>;
  /** The operations themselves. Null: there is no such run. */
  exportHistory(run: RunRef): Promise<HistoryExport | null>;
  /** The merged result of a point's finished runs; null before the first has ended. */
  result(experiment: ExperimentRecord, point: number): Promise<ExperimentResult | null>;
  /**
   * The current progress first, then coalesced updates (at most 4 a second), at last the terminal one.
   * Ends when the signal aborts. Null: there is no such experiment.
   */
  followProgress(id: ExperimentId, signal: AbortSignal): Promise<AsyncIterable<Progress> | null>;
  /** Every event after that sequence exactly once and in order, live until the experiment's terminal event. */
  followEvents(
    id: ExperimentId,
    afterSequence: bigint,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ExperimentEvent> | null>;
  readiness(): Promise<ReadinessReasons>;
}
