import type { RunOutline } from '../model/observer';
import type { ExperimentSpec } from '../model/spec/experiment';
import { keyCountOf } from '../model/spec/probe';
import { nodesOf } from '../model/spec/topology';

/** What an observer may know of a run before it starts. Nodes, client groups and sessions are numbered as in its events. */
export function outlineOf({ cluster, workload }: ExperimentSpec, repetition: number): RunOutline {
  return {
    repetition,
    nodes: nodesOf(cluster).map(({ name }) => name),
    clientDatacenters: workload.clients.map(({ datacenter }) => datacenter),
    sessions: workload.clients.reduce((sum, { sessions }) => sum + sessions, 0),
    keys: keyCountOf(workload),
    durationMs: workload.durationMs,
    keyName: (key) => `key-${key}`,
    readsAtChosenDelays: workload.probe !== null,
  };
}
