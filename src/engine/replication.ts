import type { NodePlace } from '../model/spec/topology';
import type { ClientGroupSpec } from '../model/spec/workload';
import type { Behaviour } from './behaviour';
import type { Host } from './host';

/** Which node a client's operation goes to. Asked as it is sent; nodes by index. */
export interface Routing {
  /** @param choice a uniform number in [0, 1), drawn for this read: it settles whatever is left to chance */
  nodeForRead(client: number, choice: number): number;
  nodeForWrite(client: number): number;
}

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

/** What a protocol hands back: a part for each node, by index, and the way of client operations. */
export interface Replication {
  readonly behaviours: readonly Behaviour[];
  readonly routing: Routing;
}
