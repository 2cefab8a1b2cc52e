import type { ClusterSpec } from './cluster';
import type { FaultSpec } from './fault';
import type { NemesisSpec } from './nemesis';
import type { WorkloadSpec } from './workload';

/** Everything that decides a run but its seed: what an experiment stores and what sweep paths address. */
export interface ExperimentSpec {
  readonly cluster: ClusterSpec;
  readonly workload: WorkloadSpec;
  readonly faults: readonly FaultSpec[];
  /** Null: no random faults. */
  readonly nemesis: NemesisSpec | null;
  /** Events of one run, when they are played it ends with what it has; left out: no limit. */
  readonly eventBudget?: number;
}
