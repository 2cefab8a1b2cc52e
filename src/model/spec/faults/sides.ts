import type { Crossing, EndpointMap } from '../endpoint-map';
import type { IsolateFault, PartitionFault } from '../fault';

/** What a partition or isolation lets nobody send. */
export function cutBy(fault: PartitionFault | IsolateFault, map: EndpointMap): readonly Crossing[] {
  if ('from' in fault) return [{ from: map.onSide(fault.from), to: map.onSide(fault.to) }];
  if ('between' in fault) return bothWays(map.onSide(fault.between[0]), map.onSide(fault.between[1]));
  const inside = 'node' in fault ? [map.node(fault.node)] : map.inDatacenter(fault.datacenter);
  return bothWays(inside, map.except(inside));
}

function bothWays(one: Crossing['from'], other: Crossing['to']): readonly Crossing[] {
  return [
    { from: one, to: other },
    { from: other, to: one },
  ];
}

/** What the clients of a datacenter that is out may neither send nor receive. */
export function cutByOutage(datacenter: string, map: EndpointMap): readonly Crossing[] {
  const clients = map.inDatacenter(datacenter).filter((endpoint) => !map.isNode(endpoint));
  return bothWays(clients, map.except(clients));
}
