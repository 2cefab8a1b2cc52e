import { invariant } from '../model/invariant';
import { PROBE_FOUND_DELAYS_MAX } from '../model/spec/limits';

/** Which time after its write's acknowledgement each read of a probe is sent, in milliseconds. */
export interface ProbeDelays {
  /** The delay of the next probe; null when there are no more. */
  next(): number | null;
  /** How the probe that was asked for last went. */
  learn(result: ProbeResult): void;
  /** Share of all probes that were begun, 0 … 1; never falls. */
  readonly fraction: number;
}

export interface ProbeResult {
  /** The write's latency: the scale of the cluster. */
  readonly writeMs: number;
  readonly isFresh: boolean;
}

/** A given grid: every delay as often as the others, one after the other. */
export class GivenDelays implements ProbeDelays {
  private begun = 0;

  constructor(
    private readonly delaysMs: readonly number[],
    private readonly writes: number,
  ) {}

  get fraction(): number {
    return this.begun / (this.writes * this.delaysMs.length);
  }

  next(): number | null {
    if (this.begun === this.writes * this.delaysMs.length) return null;
    return this.delaysMs[this.begun++ % this.delaysMs.length];
  }

  learn(): void {
    // A grid that is given needs no answers.
  }
}

/** The probabilities whose times are wanted (`docs/semantics.md`, t-visibility). */
const TARGETS = [0.99, 0.999] as const;
/** Beyond the last target by so much the search for an upper end is over. */
const ENOUGH = 0.9995;
const REFINEMENTS = 4;

interface Found {
  readonly delayMs: number;
  readonly share: number;
}

/**
 * A grid that is found: 0 first, then from an eighth of the mean write latency in doublings until nearly every read is fresh, then
 * halved on a logarithmic scale around the 99 % and the 99.9 % point.
 */
export class FoundDelays implements ProbeDelays {
  private readonly found: Found[] = [];
  private delayMs = 0;
  private begun = 0;
  private fresh = 0;
  private writeMsSum = 0;
  private firstStepMs = 0;
  private refined = 0;
  private isOver = false;

  /** @param writes probes for each delay */
  constructor(private readonly writes: number) {}

  get fraction(): number {
    if (this.isOver) return 1;
    return (this.found.length + this.begun / this.writes) / PROBE_FOUND_DELAYS_MAX;
  }

  next(): number | null {
    if (this.begun === this.writes) this.turnToNextDelay();
    if (this.isOver) return null;
    this.begun++;
    return this.delayMs;
  }

  learn({ writeMs, isFresh }: ProbeResult): void {
    if (isFresh) this.fresh++;
    this.writeMsSum += writeMs;
  }

  private turnToNextDelay(): void {
    this.found.push({ delayMs: this.delayMs, share: this.fresh / this.writes });
    this.found.sort((one, other) => one.delayMs - other.delayMs);
    if (this.firstStepMs === 0) this.firstStepMs = this.writeMsSum / this.writes / 8;
    const next = this.found.length < PROBE_FOUND_DELAYS_MAX ? this.following() : null;
    this.isOver = next === null;
    this.delayMs = next ?? 0;
    this.begun = 0;
    this.fresh = 0;
  }

  private following(): number | null {
    const last = this.found[this.found.length - 1];
    invariant(this.firstStepMs >= 0, 'a latency is not negative');
    if (this.refined === 0 && last.share < ENOUGH) return this.further(last);
    if (this.refined === TARGETS.length * REFINEMENTS) return null;
    return this.between(TARGETS[Math.floor(this.refined++ / REFINEMENTS)]) ?? this.following();
  }

  /** Nothing takes time where writes take none: then a later read is as good as one at once. */
  private further({ delayMs }: Found): number | null {
    if (this.firstStepMs === 0) return null;
    return delayMs === 0 ? this.firstStepMs : 2 * delayMs;
  }

  /** The middle, on a logarithmic scale, of the two delays between which that share is passed; null if nothing is between. */
  private between(target: number): number | null {
    const above = this.found.findIndex(({ share }) => share >= target);
    if (above <= 0) return null;
    const [low, high] = [this.found[above - 1].delayMs, this.found[above].delayMs];
    return low === 0 ? high / 2 : Math.sqrt(low * high);
  }
}
