import type { EndpointMap } from '../../model/spec/endpoint-map';
import type { FaultSpec, RollingUpgradeFault } from '../../model/spec/fault';
import type { Affliction, FaultAct, FaultStep } from './affliction';
import { lastingOf } from './lasting-faults';

/**
 * What a list of faults wants to happen, in the order of time.
 *
 * At the same moment ends come before beginnings, so that outages which touch are two, and a `heal` spares the partition that
 * begins with it; only what ends at the very moment of its own beginning ends behind it. Otherwise the order of the
 * list decides. From `endMs` on nothing is left: then everything ends by itself.
 */
export function scheduleOf(
  faults: readonly FaultSpec[],
  { map, endMs }: { readonly map: EndpointMap; readonly endMs: number },
): readonly FaultStep[] {
  return faults
    .flatMap((fault) => entriesOf(fault, map))
    .filter(({ atMs }) => atMs < endMs)
    .sort((one, other) => (one.atMs === other.atMs ? one.order - other.order : one.atMs - other.atMs));
}

/** Among those of one moment, the lower order first; sorting keeps the order of the list where it is the same. */
type Entry = FaultAct & { readonly atMs: number; readonly order: number };

const ENDS = 0;
const BEGINS = 1;
const ENDS_AT_ONCE = 2;

function entriesOf(fault: FaultSpec, map: EndpointMap): readonly Entry[] {
  if ('restart' in fault) {
    const { node, atMs } = fault.restart;
    return [{ act: 'RESTART', node: map.node(node), atMs, order: ENDS }];
  }
  if ('heal' in fault) return [{ act: 'HEAL', atMs: fault.heal.atMs, order: ENDS }];
  if ('rollingUpgrade' in fault) return upgradeSteps(fault.rollingUpgrade, map);
  const { affliction, atMs, lastsMs } = lastingOf(fault, map);
  return span(affliction, { atMs, lastsMs });
}

/** From its beginning to its end; without a length of time to the end of all. */
function span(
  affliction: Affliction,
  { atMs, lastsMs }: { readonly atMs: number; readonly lastsMs: number | null },
): readonly Entry[] {
  const begin: Entry = { act: 'BEGIN', affliction, atMs, order: BEGINS };
  if (lastsMs === null) return [begin];
  const endMs = atMs + lastsMs;
  // A time too short for the resolution of the clock ends at the moment of its beginning, and comes behind it.
  return [begin, { act: 'END', affliction, atMs: endMs, order: endMs === atMs ? ENDS_AT_ONCE : ENDS }];
}

/**
 * One node after the other is shut down and comes back, as PostgreSQL's fast shutdown (`pg_ctl stop -m fast`) does it: what
 * was not committed is rolled back, and what was sent to the standbys still arrives.
 */
function upgradeSteps(
  { nodes, atMs, downMs, betweenMs }: RollingUpgradeFault,
  map: EndpointMap,
): readonly Entry[] {
  const order = nodes === null ? map.nodes.map((_, index) => index) : nodes.map((name) => map.node(name));
  return order.flatMap((node, index) =>
    span(
      { kind: 'UPGRADE', node, inFlight: 'DELIVERED' },
      { atMs: atMs + index * (downMs + betweenMs), lastsMs: downMs },
    ),
  );
}
