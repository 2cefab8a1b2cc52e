import {
  NEMESIS_CLOCK_OFFSET_MS_MAX,
  NEMESIS_DISK_FACTOR,
  NEMESIS_LINK_FACTOR,
  NEMESIS_LOSS,
} from '../../model/spec/defaults';
import type { EndpointMap } from '../../model/spec/endpoint-map';
import type { FaultReach } from '../../model/spec/fault';
import type { ClusterNemesisKind, NodeNemesisKind } from '../../model/spec/nemesis';
import type { Random } from '../random';
import type { Affliction } from './affliction';
import { datacenterOutage, lastingOf } from './lasting-faults';

/** What a nemesis does to a node; `choice` is used for what is left to chance, here the error of the clock. */
export function nodeAffliction(
  kind: NodeNemesisKind,
  { node, atMs }: { readonly node: number; readonly atMs: number },
  choice: Random,
): Affliction {
  switch (kind) {
    case 'CRASH':
      return { kind, node, inFlight: 'LOST' };
    case 'PAUSE':
      return { kind, node };
    case 'SLOW_DISK':
      return { kind, node, factor: NEMESIS_DISK_FACTOR };
    case 'CLOCK_SKEW': {
      const offsetMs = (2 * choice.uniform() - 1) * NEMESIS_CLOCK_OFFSET_MS_MAX;
      return { kind, node, offsetMs, driftPpm: 0, sinceMs: atMs };
    }
  }
}

/** The cluster that a nemesis chooses from. */
export interface Ground {
  readonly map: EndpointMap;
  /** The nodes that it may part. */
  readonly nodes: readonly number[];
}

/** What a nemesis does to the cluster: which nodes are parted, which datacenters hit, is chosen anew each time. */
export function clusterAffliction(
  kind: ClusterNemesisKind,
  { map, nodes }: Ground,
  choice: Random,
): Affliction {
  // The scheduled faults know how to be afflictions; when they happen is not theirs to say here.
  const span = { atMs: 0, durationMs: 1 };
  switch (kind) {
    case 'PARTITION': {
      const between = randomHalves(
        nodes.map((node) => map.nodes[node].name),
        choice,
      );
      return lastingOf({ partition: { between, atMs: 0, healAfterMs: null } }, map).affliction;
    }
    case 'SLOW_LINK': {
      const slowLink = { ...randomLink(map, choice), ...span, factor: NEMESIS_LINK_FACTOR, extraMs: 0 };
      return lastingOf({ slowLink }, map).affliction;
    }
    case 'LOSSY_LINK': {
      const lossyLink = { ...randomLink(map, choice), ...span, loss: NEMESIS_LOSS, duplication: 0 };
      return lastingOf({ lossyLink }, map).affliction;
    }
    case 'DATACENTER_OUTAGE': {
      const names = namesOf(map);
      return datacenterOutage(names[choice.below(names.length)], map);
    }
  }
}

/** As Jepsen's `partition-random-halves`, the smaller first: nodes lose each other, clients reach all of them. */
function randomHalves(names: readonly string[], choice: Random): readonly [string[], string[]] {
  const shuffled = [...names];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = choice.below(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
  }
  const middle = Math.floor(shuffled.length / 2);
  return [shuffled.slice(0, middle), shuffled.slice(middle)];
}

/** Between two datacenters; within the only one; everywhere in a cluster without. */
function randomLink(map: EndpointMap, choice: Random): FaultReach {
  const names = namesOf(map);
  if (names.length === 0) return { everywhere: true };
  if (names.length === 1) return { within: names[0] };
  const one = choice.below(names.length);
  const other = (one + 1 + choice.below(names.length - 1)) % names.length;
  return { between: [names[Math.min(one, other)], names[Math.max(one, other)]] };
}

function namesOf(map: EndpointMap): readonly string[] {
  return map.datacenters.filter((name) => name !== null);
}
