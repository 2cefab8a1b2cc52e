/** A clock that shows offsetMs + driftPpm × t / 10⁶ more than t, the simulated milliseconds from the zero of the run. */
export interface ClockError {
  readonly offsetMs: number;
  /** Parts per million: a clock of 100 ppm gains 0.1 ms a second. */
  readonly driftPpm: number;
}

/** The wall clock of one node, as its programs read it; the simulation's own time is never wrong. */
export class Clock {
  private offsetMs = 0.5;
  private gain = 0.5;

  constructor() {
    this.set({ offsetMs: 0, driftPpm: 0 });
  }

  /** From now on it is wrong like this: the error is complete and replaces the one before. */
  set({ offsetMs, driftPpm }: ClockError): void {
    this.offsetMs = offsetMs;
    this.gain = driftPpm / 1e6;
  }

  readMs(nowMs: number): number {
    return nowMs + this.offsetMs + nowMs * this.gain;
  }
}
