import type { Lab } from '../experiments/lab';

type Limit = <Value>(work: Promise<Value>) => Promise<Value>;

/** The same lab, each of whose answers is limited in time; what is followed afterwards is not. */
export function limitedLab(lab: Lab, limit: Limit): Lab {
  return {
    createCluster: (input) => limit(lab.createCluster(input)),
    submitExperiment: (input) => limit(lab.submitExperiment(input)),
    cancelExperiment: (input) => limit(lab.cancelExperiment(input)),
    pauseExperiment: (input) => limit(lab.pauseExperiment(input)),
    resumeExperiment: (input) => limit(lab.resumeExperiment(input)),
    clustersById: (ids) => limit(lab.clustersById(ids)),
    experimentsById: (ids) => limit(lab.experimentsById(ids)),
    clusters: (request) => limit(lab.clusters(request)),
    clusterCount: () => limit(lab.clusterCount()),
    experiments: (request) => limit(lab.experiments(request)),
    experimentCount: () => limit(lab.experimentCount()),
    nodesOf: (cluster) => lab.nodesOf(cluster),
    runs: (id, request) => limit(lab.runs(id, request)),
    findRun: (run) => limit(lab.findRun(run)),
    historyState: (run) => limit(lab.historyState(run)),
    exportHistory: (run) => limit(lab.exportHistory(run)),
    result: (experiment, point) => limit(lab.result(experiment, point)),
    followProgress: (id, signal) => limit(lab.followProgress(id, signal)),
    followEvents: (id, after, signal) => limit(lab.followEvents(id, after, signal)),
    readiness: () => limit(lab.readiness()),
  };
}
