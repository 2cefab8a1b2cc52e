import type { Reach } from './failover-watch';
import type { Host } from './host';
import type { Network } from './network';

/** What a node really is, and with how many of the hosts it can exchange messages, itself included: with none while it is down. */
export function reachOf(
  node: number,
  { hosts, network }: { readonly hosts: readonly Host[]; readonly network: Network },
): Reach {
  const { isUp, isPaused } = hosts[node];
  if (!isUp) return { condition: 'DOWN', reachedNodes: 0 };
  const reached = hosts.filter((other) => other.isUp && !isParted(network, node, other.id));
  return { condition: isPaused ? 'PAUSED' : 'RUNNING', reachedNodes: reached.length };
}

function isParted(network: Network, one: number, other: number): boolean {
  return network.isCut({ from: one, to: other }) || network.isCut({ from: other, to: one });
}
