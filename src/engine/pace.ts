import type { Arrivals } from './arrivals';
import type { Distribution } from './distribution';
import type { Random } from './random';

/** When the operations of a client group arrive, in simulated milliseconds. */
export interface Pace {
  /** Whether each session waits for the end of an operation before its next one comes. */
  readonly isClosedLoop: boolean;
  /**
   * The next arrival, never before now; Infinity if there is none.
   *
   * @param place the session, from 0 in its group; without meaning in an open loop
   */
  nextMs(place: number, nowMs: number): number;
}

/** One stream of arrivals for all sessions. */
export class OpenLoop implements Pace {
  readonly isClosedLoop = false;

  constructor(
    private readonly arrivals: Arrivals,
    private readonly random: Random,
  ) {}

  nextMs(_place: number, nowMs: number): number {
    return this.arrivals.nextMs(nowMs, this.random);
  }
}

/** Every session thinks between two operations, with dice of its own: none depends on how fast another is answered. */
export class ClosedLoop implements Pace {
  readonly isClosedLoop = true;
  private readonly randoms: (Random | null)[];

  /** @param randomOf called once for each session */
  constructor(
    private readonly thinkTime: Distribution,
    sessions: number,
    private readonly randomOf: (place: number) => Random,
  ) {
    this.randoms = new Array<Random | null>(sessions).fill(null);
  }

  nextMs(place: number, nowMs: number): number {
    const random = (this.randoms[place] ??= this.randomOf(place));
    return nowMs + this.thinkTime.sample(random);
  }
}
