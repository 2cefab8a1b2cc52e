/** Reads that were sent at a chosen time after the acknowledgement of their key's newest write, as a probe does. */
export interface DelayCount {
  /** Whole nanoseconds from that acknowledgement to the send. */
  readonly afterNs: number;
  readonly reads: number;
  /** Those that returned an older version. */
  readonly missed: number;
}

/** The same while they are being counted: a probe has few delays, so they are kept in a sorted list. */
export class DelayCounts {
  private readonly delays: { readonly afterNs: number; reads: number; missed: number }[] = [];

  add({ afterNs, reads, missed }: DelayCount): void {
    let place = this.delays.length;
    while (place > 0 && this.delays[place - 1].afterNs > afterNs) place -= 1;
    const same = place > 0 ? this.delays[place - 1] : undefined;
    if (same === undefined || same.afterNs !== afterNs) {
      this.delays.splice(place, 0, { afterNs, reads, missed });
      return;
    }
    same.reads += reads;
    same.missed += missed;
  }

  /** Ascending. */
  encode(): readonly DelayCount[] {
    return this.delays.map((delay) => ({ ...delay }));
  }
}
