import type { RunOutline } from '../../model/observer';

/** The datacenters that have clients, and in which of them each client group is. */
export class ClientPlaces {
  /** Null stands for a cluster without datacenters. */
  readonly datacenters: readonly (string | null)[];
  /** Typed: a plain list may change its kind from run to run, and with that throw away what was compiled for it. */
  private readonly placeOfClient: Int32Array;

  constructor({ clientDatacenters }: Pick<RunOutline, 'clientDatacenters'>) {
    this.datacenters = [...new Set(clientDatacenters)];
    this.placeOfClient = Int32Array.from(clientDatacenters, (name) => this.datacenters.indexOf(name));
  }

  /** Index in `datacenters`. */
  of(client: number): number {
    return this.placeOfClient[client];
  }
}
