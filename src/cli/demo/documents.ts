import type { LabDocument } from './lab-client';

/** The answers to documents 1 to 4, as far as the demo reads them. */

export interface UserErrorAnswer {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

export interface CreateClusterAnswer {
  readonly createCluster: {
    readonly cluster: {
      readonly id: string;
      readonly nodes: readonly { name: string; role: string }[];
    } | null;
    readonly userErrors: readonly UserErrorAnswer[];
  };
}

export interface SubmitAnswer {
  readonly submitExperiment: {
    readonly experiment: { readonly id: string; readonly status: string; readonly seed: string } | null;
    readonly warnings: readonly { readonly code: string; readonly message: string }[];
    readonly userErrors: readonly UserErrorAnswer[];
  };
}

export interface ProgressAnswer {
  readonly experimentProgress: {
    readonly status: string;
    readonly completedRuns: number;
    readonly totalRuns: number;
    readonly fraction: number;
    readonly operationsPerSecond: number | null;
    readonly etaMs: number | null;
  };
}

export interface ResultAnswer {
  readonly experiment: {
    readonly status: string;
    readonly result: ResultOfExperiment | null;
    readonly runs: {
      readonly nodes: readonly {
        readonly id: string;
        readonly seed: string;
        readonly status: string;
        readonly resultHash: string | null;
      }[];
    };
  };
}

/** Durations in milliseconds, null where nothing was measured; counts are decimal texts. */
export interface FailoverAnswer {
  readonly atMs: number;
  readonly oldLeader: string;
  readonly newLeader: string;
  readonly detectionMs: number | null;
  readonly electionMs: number;
  readonly recoveryMs: number | null;
  readonly lostWrites: number;
}

export interface ResultOfExperiment {
  readonly operations: Readonly<Record<'total' | 'ok' | 'failed' | 'unknown', string>>;
  readonly replicationLag: {
    readonly count: string;
    readonly p50: number | null;
    readonly p99: number | null;
    readonly max: number | null;
    readonly buckets: readonly HistogramBucket[];
  };
  readonly replicaLag: readonly { readonly replica: string; readonly lag: { readonly p99: number | null } }[];
  readonly writeLatency: { readonly p50: number | null; readonly p999: number | null };
  readonly anomalies: readonly {
    readonly kind: string;
    readonly count: string;
    readonly rate: number | null;
    readonly witnesses: readonly { readonly explanation: string }[];
  }[];
  readonly availability: { readonly okShare: number | null; readonly longestOutageMs: number };
  readonly failovers: readonly FailoverAnswer[];
  readonly converged: boolean;
}

export interface HistogramBucket {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: string;
}

export const CREATE_CLUSTER: LabDocument<CreateClusterAnswer> = { file: '01-create-cluster.graphql' };
export const SUBMIT: LabDocument<SubmitAnswer> = { file: '02-submit.graphql' };
export const PROGRESS: LabDocument<ProgressAnswer> = { file: '03-progress.graphql' };
export const RESULT: LabDocument<ResultAnswer> = { file: '04-result.graphql' };
