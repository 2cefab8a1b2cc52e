import { listed, suggestion } from '../nearest-name';

/** What to tell of a datacenter that is not there. */
export function unknownDatacenter(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'This cluster has no datacenters: leave it out.';
  return `There is no such datacenter; known are ${listed(known)}.${suggestion(name, known)}`;
}
