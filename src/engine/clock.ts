/** What a clock is wrong by at some moment, and how fast that grows. */
export interface ClockError {
  readonly offsetMs: number;
  /** Parts per million: a clock of 100 ppm gains 0.1 ms a second. */
  readonly driftPpm: number;
}

/** The wall clock of one node, as its programs read it; the simulation's own time is never wrong. */
export class Clock {
  private sinceMs = 0;
  private offsetMs = 0;
  private gain = 0;

  /** From that moment of simulated time on it is wrong like this. */
  set({ offsetMs, driftPpm }: ClockError, nowMs: number): void {
    this.sinceMs = nowMs;
    this.offsetMs = offsetMs;
    this.gain = driftPpm * 1e-6;
  }

  readMs(nowMs: number): number {
    return nowMs + this.offsetMs + (nowMs - this.sinceMs) * this.gain;
  }
}
