import { OUTAGES_KEPT, type Outage } from '../../model/measurements';
import { keepOutages } from '../../model/merge-measurements';
import type { RunOutline } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { ClientPlaces } from './client-places';

/**
 * The time between two OK answers of a datacenter. It is an outage if an operation sent in it got no OK answer, from
 * the first such send to the second of the two answers, or to the end of the duration.
 */
interface Gap {
  readonly place: number;
  hasSends: boolean;
  /** When the first operation was sent that ended without OK; null while none is known. */
  failedSendMs: number | null;
  /** Of the OK answer that ended it; null while it lasts. */
  endedAtMs: number | null;
  isListed: boolean;
}

/**
 * Finds when a datacenter's clients got no OK answer although they asked.
 *
 * That an operation fails is known only when it ends, often long after the next OK answer of another: every open
 * operation therefore remembers the gap in which it was sent. Outages lie within [0, durationMs].
 */
export class Outages {
  private readonly places: ClientPlaces;
  private readonly current: Gap[];
  /**
   * Per session, where its open operation was sent: a session is sequential and has one at most. Null when it has
   * none; an operation that ends nevertheless was still waiting at the end of the run, and never asked.
   */
  private readonly gapOfSession: (Gap | null)[] = [];
  private listed: Gap[] = [];

  constructor(private readonly outline: RunOutline) {
    this.places = new ClientPlaces(outline);
    this.current = this.places.datacenters.map((_, place) => newGap(place));
  }

  operationInvoked({ client, session }: Operation): void {
    const gap = this.current[this.places.of(client)];
    gap.hasSends = true;
    this.gapOfSession[session] = gap;
  }

  operationEnded(operation: Operation): void {
    const gap = this.gapOfSession[operation.session] ?? null;
    this.gapOfSession[operation.session] = null;
    if (operation.outcome === 'OK') this.answered(operation);
    else if (gap !== null) this.failed(gap, operation);
  }

  /** The longest, in canonical order. */
  longest(): readonly Outage[] {
    const { repetition } = this.outline;
    const outages = this.listed.map((gap) => ({
      repetition,
      datacenter: this.places.datacenters[gap.place],
      fromMs: this.fromMs(gap),
      toMs: this.toMs(gap),
    }));
    return keepOutages(outages.filter(({ fromMs, toMs }) => fromMs < toMs));
  }

  private answered({ client, completedAtMs }: Operation): void {
    const place = this.places.of(client);
    const gap = this.current[place];
    if (!gap.hasSends) return;
    gap.endedAtMs = completedAtMs;
    this.current[place] = newGap(place);
  }

  private failed(gap: Gap, { invokedAtMs }: Operation): void {
    gap.failedSendMs = Math.min(gap.failedSendMs ?? Infinity, invokedAtMs);
    if (gap.isListed) return;
    gap.isListed = true;
    this.listed.push(gap);
    if (this.listed.length > LISTED_MAX) this.dropShort();
  }

  /** What is dropped may still grow, by a failure that began earlier: then it is listed again. */
  private dropShort(): void {
    const byLength = this.listed.sort((one, other) => this.lengthMs(other) - this.lengthMs(one));
    this.listed = byLength.filter((gap, index) => index < OUTAGES_KEPT || gap.endedAtMs === null);
    for (const gap of byLength) gap.isListed = false;
    for (const gap of this.listed) gap.isListed = true;
  }

  private lengthMs(gap: Gap): number {
    return this.toMs(gap) - this.fromMs(gap);
  }

  private fromMs({ failedSendMs }: Gap): number {
    return Math.max(0, failedSendMs ?? Infinity);
  }

  private toMs({ endedAtMs }: Gap): number {
    return Math.min(this.outline.durationMs, endedAtMs ?? Infinity);
  }
}

const LISTED_MAX = 10 * OUTAGES_KEPT;

function newGap(place: number): Gap {
  return { place, hasSends: false, failedSendMs: null, endedAtMs: null, isListed: false };
}
