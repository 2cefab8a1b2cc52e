import type { InFlight } from '../../model/spec/fault';
import type { ClockError } from '../clock';
import type { Host } from '../host';
import type { LinkCondition } from '../link';
import type { EndpointPair, Network } from '../network';
import type { Afflictable } from './afflictable';

/** Hosts and network as faults act on them. */
export class AfflictedWorld implements Afflictable {
  constructor(
    private readonly hosts: readonly Host[],
    private readonly network: Network,
  ) {}

  crash(node: number, inFlight: InFlight): void {
    this.hosts[node].crash(inFlight);
  }

  upgrade(node: number): void {
    this.hosts[node].upgrade();
  }

  restart(node: number): void {
    this.hosts[node].restart();
  }

  pause(node: number): void {
    this.hosts[node].pause();
  }

  resume(node: number): void {
    this.hosts[node].resume();
  }

  slowDisk(node: number, factor: number): void {
    this.hosts[node].slowDisk(factor);
  }

  skewClock(node: number, error: ClockError): void {
    this.hosts[node].setClock(error);
  }

  cut(pair: EndpointPair): void {
    this.network.cut(pair);
  }

  mend(pair: EndpointPair): void {
    this.network.mend(pair);
  }

  setLink(pair: EndpointPair, condition: LinkCondition): void {
    this.network.setLink(pair, condition);
  }
}
