import type { Afterwards } from './afterwards';
import { cancelExperiment } from './cancel-experiment';
import { createCluster } from './create-cluster';
import { followEvents } from './follow-events';
import { followProgress } from './follow-progress';
import type { Lab, ReadinessReasons } from './lab';
import { nodeRoles } from './node-roles';
import { pauseExperiment } from './pause-experiment';
import type { ChangeFeed } from './ports/change-feed';
import type { Failpoint } from './ports/failpoint';
import type { IdSource } from './ports/ids';
import type { Report } from './ports/report';
import type { ClusterStore, ExperimentStore } from './ports/stores';
import type { WorkQueue } from './ports/work-queue';
import { ResultReader } from './result-reader';
import { resumeExperiment } from './resume-experiment';
import { exportHistory, historyState } from './run-history';
import { submitExperiment } from './submit-experiment';

export interface LabPorts {
  readonly clusters: ClusterStore;
  readonly experiments: ExperimentStore;
  readonly changes: ChangeFeed;
  readonly queue: WorkQueue;
  readonly ids: IdSource;
  readonly report: Report;
  readonly afterwards: Afterwards;
  readonly failpoint: Failpoint;
  readonly readiness: () => Promise<ReadinessReasons>;
}

/** Joins the use cases and their ports into what the doors talk to. */
export function createLab(ports: LabPorts): Lab {
  const { clusters, experiments } = ports;
  const results = new ResultReader(experiments);
  return {
    createCluster: (input) => createCluster(ports, input),
    submitExperiment: (input) => submitExperiment(ports, input),
    cancelExperiment: (input) => cancelExperiment(ports, input),
    pauseExperiment: (input) => pauseExperiment(ports, input),
    resumeExperiment: (input) => resumeExperiment(ports, input),
    clustersById: (ids) => clusters.findMany(ids),
    experimentsById: (ids) => experiments.findMany(ids),
    clusters: (request) => clusters.page(request),
    clusterCount: () => clusters.count(),
    experiments: (request) => experiments.page(request),
    experimentCount: () => experiments.count(),
    nodesOf: (cluster) => nodeRoles(cluster.spec),
    runs: (id, request) => experiments.runs(id, request),
    findRun: (run) => experiments.findRun(run),
    historyState: (run) => historyState(experiments, run),
    exportHistory: (run) => exportHistory(experiments, run),
    result: (experiment, point) => results.read(experiment.id, point),
    followProgress: (id, signal) => followProgress(ports, id, signal),
    followEvents: (id, afterSequence, signal) => followEvents(ports, { id, afterSequence }, signal),
    readiness: () => ports.readiness(),
  };
}
