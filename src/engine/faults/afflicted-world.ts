import { invariant } from '../../model/invariant';
import type { LinkLaw } from '../../model/spec/cluster';
import type { InFlight } from '../../model/spec/fault';
import type { Host } from '../host';
import type { Afflictable } from './afflictable';

/** Hosts and network as faults act on them, as far as they can suffer yet: crashes that lose what is in flight, and restarts. */
export class AfflictedWorld implements Afflictable {
  constructor(
    private readonly hosts: readonly Host[],
    links: readonly LinkLaw[],
  ) {
    for (const { jitter, loss, duplication } of links)
      if (jitter !== null || loss > 0 || duplication > 0) notBuilt('a link with jitter, loss or duplication');
  }

  crash(node: number, inFlight: InFlight): void {
    invariant(inFlight === 'LOST', 'a crash that lets messages arrive is not built');
    this.hosts[node].crash();
  }

  restart(node: number): void {
    this.hosts[node].restart();
  }

  pause(): void {
    notBuilt('a pause');
  }

  resume(): void {
    notBuilt('the end of a pause');
  }

  slowDisk(): void {
    notBuilt('a slow disk');
  }

  skewClock(): void {
    notBuilt('a wrong clock');
  }

  cut(): void {
    notBuilt('a partition');
  }

  mend(): void {
    notBuilt('the end of a partition');
  }

  setLink(): void {
    notBuilt('a slow or lossy link');
  }
}

function notBuilt(what: string): never {
  invariant(false, `${what} is not built`);
}
