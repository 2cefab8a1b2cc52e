import type { FaultSpec } from '../model/spec/fault';

/** A node changes from up to down or back. */
export interface Transition {
  readonly kind: 'CRASH' | 'RESTART';
  readonly node: string;
  readonly atMs: number;
}

/**
 * What a schedule of faults really does, in the order of time.
 *
 * A crash of a node that is down does nothing, and so does the restart that was to follow it. A restart ends the outage,
 * whoever began it: the restart that the crash had announced then does nothing any more, and never ends a later outage.
 * At the same moment restarts come before crashes, so that outages which touch are two; only the restart that follows
 * its own crash after no time comes behind it. Otherwise the order of the list decides. From `endMs` on nothing is
 * left: then every node that is down restarts.
 */
export function faultTimeline(faults: readonly FaultSpec[], endMs: number): readonly Transition[] {
  const agenda = faults.flatMap(intentionsOf).sort(byTime);
  const outages = new Map<string, FaultSpec>();
  const happening: Transition[] = [];
  for (const { kind, node, atMs, fault, announced } of agenda) {
    const outage = outages.get(node);
    if (atMs >= endMs || (kind === 'CRASH') === (outage !== undefined)) continue;
    if (announced && outage !== fault) continue;
    if (kind === 'CRASH') outages.set(node, fault);
    else outages.delete(node);
    happening.push({ kind, node, atMs });
  }
  return happening;
}

interface Intention extends Transition {
  readonly fault: FaultSpec;
  /** The restart that its own crash announced. */
  readonly announced: boolean;
  /** Among those of one moment, the lower first. */
  readonly order: number;
}

function intentionsOf(fault: FaultSpec): Intention[] {
  if ('restart' in fault) return [{ kind: 'RESTART', ...fault.restart, fault, announced: false, order: 0 }];
  const { node, atMs, restartAfterMs } = fault.crash;
  const crash: Intention = { kind: 'CRASH', node, atMs, fault, announced: false, order: 1 };
  if (restartAfterMs === null) return [crash];
  const restartAtMs = atMs + restartAfterMs;
  // A time too short for the resolution of the clock ends at the moment of the crash, and comes behind it.
  const order = restartAtMs === atMs ? 2 : 0;
  return [crash, { kind: 'RESTART', node, atMs: restartAtMs, fault, announced: true, order }];
}

/** Sorting keeps the order of the list where this gives 0. */
function byTime(one: Intention, other: Intention): number {
  if (one.atMs !== other.atMs) return one.atMs - other.atMs;
  return one.order - other.order;
}
