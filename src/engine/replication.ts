import type { NodePlace } from '../model/spec/topology';
import type { ClientGroupSpec } from '../model/spec/workload';
import type { Behaviour } from './behaviour';
import type { ClientSide, Driver } from './driver';
import type { Host } from './host';

/** What the engine hands to a protocol before a run. */
export interface World {
  readonly nodes: readonly NodePlace[];
  /** The hosts of the nodes, by index. */
  readonly hosts: readonly Host[];
  readonly clients: readonly ClientGroupSpec[];
  /** Number of keys; a key is an index. */
  readonly keys: number;
  /** Mean one-way latency between two datacenters (null in a cluster without), in milliseconds. */
  readonly meanLatencyMs: (ends: { readonly from: string | null; readonly to: string | null }) => number;
}

/** What a protocol hands back: a part for each node, by index, and the driver of each client group. */
export interface Replication {
  readonly behaviours: readonly Behaviour[];
  readonly createDriver: (clientSide: ClientSide) => Driver;
}
