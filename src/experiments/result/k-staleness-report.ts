import { K_STALENESS_CAP, type KStaleness } from '../../model/staleness-counts';

/** Reads that were so many versions behind. */
export interface KStalenessEntry {
  /** Acknowledged writes of the key that were newer than the version returned, 0 … `K_STALENESS_CAP`. */
  readonly k: number;
  /** Whether reads that were further behind are among them: of the last one alone. */
  readonly orMore: boolean;
  readonly reads: number;
  /** Of all reads, 0 … 1. */
  readonly share: number;
}

/** From 0 to the furthest behind, without gaps; empty when nothing was read. */
export function kStalenessReport(counts: KStaleness): readonly KStalenessEntry[] {
  const all = counts.reduce((sum, reads) => sum + reads, 0);
  return counts.map((reads, k) => ({ k, orMore: k === K_STALENESS_CAP, reads, share: reads / all }));
}
