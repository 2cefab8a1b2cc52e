import type { Lab } from '../../../src/experiments/lab';

/** A lab in which every question fails in the same way. */
export function failingLab(error: Error): Lab {
  const fail = (): never => {
    throw error;
  };
  const reject = (): Promise<never> => Promise.reject(error);
  return {
    createCluster: reject,
    submitExperiment: reject,
    cancelExperiment: reject,
    pauseExperiment: reject,
    resumeExperiment: reject,
    clustersById: reject,
    experimentsById: reject,
    clusters: reject,
    clusterCount: reject,
    experiments: reject,
    experimentCount: reject,
    nodesOf: fail,
    runs: reject,
    findRun: reject,
    historyState: reject,
    exportHistory: reject,
    result: reject,
    followProgress: reject,
    followEvents: reject,
    readiness: reject,
  };
}

/** A lab that nothing in the test may reach. */
export const untouchedLab = failingLab(new Error('the request must not reach the lab'));

/** A lab that has nothing in it. */
export const emptyLab: Lab = {
  ...untouchedLab,
  clustersById: async (ids) => ids.map(() => null),
  experimentsById: async (ids) => ids.map(() => null),
  findRun: async () => null,
  exportHistory: async () => null,
  followProgress: async () => null,
  followEvents: async () => null,
  readiness: async () => [],
};
