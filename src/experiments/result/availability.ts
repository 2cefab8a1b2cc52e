import { compareLists } from '../../model/canonical-order';
import type { LatencyMeasurement, Measurements, Outage } from '../../model/measurements';
import { countOperations } from './operation-counts';

/** How far the clients of one datacenter got answers. */
export interface DatacenterAvailability {
  /** Null in a cluster without datacenters. */
  readonly datacenter: string | null;
  readonly operations: number;
  /** Share of them answered OK, 0 … 1. */
  readonly okShare: number;
}

export interface Availability {
  /** Share of operations answered OK, 0 … 1; null when there was no operation. */
  readonly okShare: number | null;
  /** 0 when there was no outage, null before the first run. */
  readonly longestOutageMs: number | null;
  /** When a datacenter's clients got no OK answer though they asked; the longest hundred. */
  readonly outages: readonly Outage[];
  /** Of the datacenters with clients whose operations were measured, by name. */
  readonly byDatacenter: readonly DatacenterAvailability[];
}

export function availabilityOf({ runs, longestOutageMs, outages, latencies }: Measurements): Availability {
  const { total, ok } = countOperations(latencies);
  return {
    okShare: total === 0 ? null : ok / total,
    longestOutageMs: runs === 0 ? null : longestOutageMs,
    outages,
    byDatacenter: datacentersOf(latencies)
      .map((datacenter) => availabilityAt(datacenter, latencies))
      .filter(({ operations }) => operations > 0),
  };
}

function availabilityAt(
  datacenter: string | null,
  latencies: readonly LatencyMeasurement[],
): DatacenterAvailability {
  const counts = countOperations(latencies.filter((latency) => latency.datacenter === datacenter));
  return { datacenter, operations: counts.total, okShare: counts.ok / counts.total };
}

function datacentersOf(latencies: readonly LatencyMeasurement[]): readonly (string | null)[] {
  const names = new Set(latencies.map(({ datacenter }) => datacenter));
  return [...names].sort((one, other) => compareLists([one], [other]));
}
