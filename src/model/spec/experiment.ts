import type { ClusterSpec } from './cluster';
import type { FaultSpec } from './fault';
import type { WorkloadSpec } from './workload';

/** Everything that decides a run but its seed: what an experiment stores and what sweep paths address. */
export interface ExperimentSpec {
  readonly cluster: ClusterSpec;
  readonly workload: WorkloadSpec;
  readonly faults: readonly FaultSpec[];
  /** Events of one run, see `eventBudgetOf`; not there in what was stored before there was one. */
  readonly eventBudget?: number;
}
