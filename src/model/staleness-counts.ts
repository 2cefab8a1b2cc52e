/** From here on, k-staleness is counted together: reads that many versions behind, or more. */
export const K_STALENESS_CAP = 32;

/** Reads by how many versions they were behind: the k-th count is of k, that of `K_STALENESS_CAP` of so many or more. */
export type KStaleness = readonly number[];

/** Counts by k, while they are being counted. Encoded without the zeros at the end. */
export class StalenessCounts {
  private readonly counts = new Float64Array(K_STALENESS_CAP + 1);

  /** @param k 0 … `K_STALENESS_CAP` */
  add(k: number): void {
    this.counts[k] += 1;
  }

  addEncoded(counts: KStaleness): void {
    for (let k = 0; k < counts.length; k += 1) this.counts[k] += counts[k];
  }

  encode(): KStaleness {
    let end = this.counts.length;
    while (end > 0 && this.counts[end - 1] === 0) end -= 1;
    return Array.from(this.counts.subarray(0, end));
  }
}
