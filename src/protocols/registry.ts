import { invariant } from '../model/invariant';
import type { Protocol } from './protocol';
import { singleLeader } from './single-leader/single-leader';

/** Every protocol, by its name in `ClusterSpec.replication`. */
const PROTOCOLS = new Map<string, Protocol<object>>([['singleLeader', singleLeader]]);

/** The names of all protocols, in the order of their registration. */
export const PROTOCOL_NAMES: readonly string[] = [...PROTOCOLS.keys()];

/** The protocol of that name; null if there is none. */
export function findProtocol(name: string): Protocol<object> | null {
  return PROTOCOLS.get(name) ?? null;
}

/** The protocol of that name, which must be one of `PROTOCOL_NAMES`. */
export function protocolNamed(name: string): Protocol<object> {
  const protocol = findProtocol(name);
  invariant(protocol !== null, `there is no protocol ${name}: the cluster was not validated`);
  return protocol;
}
