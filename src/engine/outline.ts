import { invariant } from '../model/invariant';
import type { RunOutline, ValueInvariant } from '../model/observer';
import type { ExperimentSpec } from '../model/spec/experiment';
import { keyName, keyNamed } from '../model/spec/key-name';
import { keyCountOf } from '../model/spec/probe';
import { nodesOf } from '../model/spec/topology';
import type { InvariantSpec } from '../model/spec/workload';

/** What an observer may know of a run before it starts, whatever its protocol. Nodes, client groups and sessions are numbered as in its events. */
export function outlineOf({ cluster, workload }: ExperimentSpec, repetition: number): RunOutline {
  return {
    repetition,
    nodes: nodesOf(cluster).map(({ name }) => name),
    clientDatacenters: workload.clients.map(({ datacenter }) => datacenter),
    sessions: workload.clients.reduce((sum, { sessions }) => sum + sessions, 0),
    keys: keyCountOf(workload),
    durationMs: workload.durationMs,
    keyName,
    readsAtChosenDelays: workload.probe !== null,
    hasDeletes: 'register' in workload.values && workload.values.register.deleteShare > 0,
    hasCauses: 'messages' in workload.values,
    invariants: workload.invariants.map((stated) => boundOf(stated, keyCountOf(workload))),
  };
}

function boundOf({ key, min }: InvariantSpec, keys: number): ValueInvariant {
  if (key === null) return { key, min };
  const index = keyNamed(key, keys);
  invariant(index !== null, `there is no ${key}: the workload was not validated`);
  return { key: index, min };
}
