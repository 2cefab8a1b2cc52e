/** A step is to take about this long: a stop is seen after it, and progress is told. */
const STEP_MS = 20;
const EVENTS_AT_FIRST = 4096;
const EVENTS_MIN = 64;
const EVENTS_MAX = 1_048_576;

/**
 * How many events to play before the caller looks up again, by how long the last steps took: an event costs a tenth
 * of a microsecond or a thousand times as much, by protocol and cluster. What a run gives does not depend on it.
 */
export class StepSize {
  events = EVENTS_AT_FIRST;

  /** @param elapsedMs real time that a full step of `events` took; a clock that jumps does no lasting harm */
  took(elapsedMs: number): void {
    if (elapsedMs > STEP_MS) this.events = Math.max(EVENTS_MIN, this.events >> 1);
    else if (elapsedMs < STEP_MS / 4) this.events = Math.min(EVENTS_MAX, this.events << 1);
  }
}
