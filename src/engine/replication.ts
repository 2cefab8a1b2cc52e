import type { PositionSample } from '../model/observer';
import type { NodePlace } from '../model/spec/topology';
import type { ClientGroupSpec, ValueSpec } from '../model/spec/workload';
import type { Behaviour } from './behaviour';
import type { ClientSide, Driver } from './driver';
import type { Host } from './host';

/** What the engine hands to a protocol before a run. */
export interface World {
  readonly nodes: readonly NodePlace[];
  /** The hosts of the nodes, by index. */
  readonly hosts: readonly Host[];
  readonly clients: readonly ClientGroupSpec[];
  /** Of each client group, its number as an endpoint: whom to send to. */
  readonly clientEndpoints: readonly number[];
  readonly values: ValueSpec;
  readonly valueBytes: number;
  /** Number of keys; a key is an index. */
  readonly keys: number;
  /** Mean one-way latency between two datacenters (null in a cluster without), in milliseconds. */
  readonly meanLatencyMs: (ends: { readonly from: string | null; readonly to: string | null }) => number;
}

/** What a protocol hands back: a part for each node, by index, and the driver of each client group. */
export interface Replication {
  readonly behaviours: readonly Behaviour[];
  readonly createDriver: (clientSide: ClientSide) => Driver;
  /** Called once, when every host has its part and before anything happens: what the nodes do of themselves. */
  readonly start?: () => void;
  /** How far the followers are just now; left out by protocols without such positions. Asked at regular intervals. */
  readonly positions?: () => Omit<PositionSample, 'atMs'>;
}
