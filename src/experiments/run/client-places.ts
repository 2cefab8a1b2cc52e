import type { RunOutline } from '../../model/observer';

/** The datacenters that have clients, and in which of them each client group is. */
export class ClientPlaces {
  /** Null stands for a cluster without datacenters. */
  readonly datacenters: readonly (string | null)[];
  private readonly placeOfClient: readonly number[];

  constructor({ clientDatacenters }: Pick<RunOutline, 'clientDatacenters'>) {
    this.datacenters = [...new Set(clientDatacenters)];
    this.placeOfClient = clientDatacenters.map((name) => this.datacenters.indexOf(name));
  }

  /** Index in `datacenters`. */
  of(client: number): number {
    return this.placeOfClient[client];
  }
}
