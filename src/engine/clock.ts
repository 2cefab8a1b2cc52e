/** What a clock shows beside the true time: now + offsetMs + driftPpm · now / 10⁶. */
export interface ClockError {
  readonly offsetMs: number;
  /** Parts per million: a clock of 100 ppm gains 0.1 ms a second. */
  readonly driftPpm: number;
}

/** The wall clock of one node, as its programs read it; the simulation's own time is never wrong. */
export class Clock {
  private offsetMs = 0;
  private rate = 1;

  /** From now on it is wrong by that much, which replaces what was said before. */
  set({ offsetMs, driftPpm }: ClockError): void {
    this.offsetMs = offsetMs;
    this.rate = 1 + driftPpm * 1e-6;
  }

  readMs(nowMs: number): number {
    return nowMs * this.rate + this.offsetMs;
  }
}
