import type { Submission } from './never-or-can';

/** A tenth of the defaults, so that a run may be short: dead after 300 ms, promoted in 200, found by clients 20 later. */
export const QUICK_FAILOVER = {
  heartbeatIntervalMs: 100,
  misses: 3,
  promotionMs: 200,
  stonithMs: 100,
  stonithRestartMs: 500,
  redirection: { virtualIp: { moveMs: 20 } },
};
export const DETECTION_MS = 300;

export interface ClusterInput {
  /** Nodes of each datacenter; the first one has the leader. */
  readonly datacenters: Readonly<Record<string, number>>;
  /** Between any two datacenters. */
  readonly latency?: object;
  readonly fsync?: object;
  readonly singleLeader: object;
}

/** Datacenters some milliseconds apart, each pair by a link of its own chances. */
export function cluster({
  datacenters,
  latency = NEAR,
  fsync = DISK,
  singleLeader,
}: ClusterInput): Submission {
  const names = Object.keys(datacenters);
  return {
    name: 'never and can',
    datacenters: names.map((name) => ({ name, nodes: datacenters[name] })),
    links: names.flatMap((name, index) =>
      names.slice(index + 1).map((other) => ({ between: [name, other], latency })),
    ),
    nodeProfile: { serviceTime: { constant: { ms: 0.1 } }, fsync },
    replication: { singleLeader },
  };
}

const NEAR = { exponential: { meanMs: 8, offsetMs: 2 } };
const DISK = { exponential: { meanMs: 2 } };
