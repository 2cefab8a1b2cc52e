import { Cluster } from '../types/cluster';
import { connectionType } from '../types/connection';
import { Experiment } from '../types/experiment';
import { Run } from '../types/run';

export const ClusterConnection = connectionType(() => Cluster, {
  type: 'Cluster',
  items: 'clusters',
  order: 'newest first',
});

export const ExperimentConnection = connectionType(() => Experiment, {
  type: 'Experiment',
  items: 'experiments',
  order: 'newest first',
});

export const RunConnection = connectionType(() => Run, {
  type: 'Run',
  items: 'runs',
  order: 'by point and repetition',
});
