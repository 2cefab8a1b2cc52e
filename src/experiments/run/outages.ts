import { FirstFew } from '../../model/first-few';
import { OUTAGES_KEPT, type Outage } from '../../model/measurements';
import { longestFirst, outagesInOrder } from '../../model/measurements-order';
import type { RunOutline } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { ClientPlaces } from './client-places';

const NONE = Infinity;
const NOT_YET = Infinity;

/**
 * The time between two OK answers of a datacenter. It is an outage if an operation sent in it got no OK answer, from
 * the first such send to the second of the two answers, or to the end of the duration.
 */
class Gap {
  place = 0;
  hasSends = false;
  /** Operations under way that were sent in it. */
  openOperations = 0;
  /** When the first operation was sent that ended without OK; `NONE` while none is known. */
  failedSendMs = NONE;
  /** Of the OK answer that ended it; `NOT_YET` while it lasts. */
  endedAtMs = NOT_YET;
  isListed = false;
  isSpare = false;
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
  /** Per session, where its open operation was sent: a session is sequential and has one at most. Null without one. */
  private readonly gapOfSession: (Gap | null)[];
  /** Per session, that operation. One that ends without was waiting at the end of the run, and never asked. */
  private readonly operationOfSession: Float64Array;
  private listed: Gap[] = [];
  /** Gaps that are over and have nothing to tell, to be used again: there is one between any two answers. */
  private readonly spare: Gap[] = [];

  constructor(private readonly outline: RunOutline) {
    this.places = new ClientPlaces(outline);
    this.current = this.places.datacenters.map((_, place) => this.newGap(place));
    this.gapOfSession = Array.from({ length: outline.sessions }, () => null);
    this.operationOfSession = new Float64Array(outline.sessions);
  }

  operationInvoked({ client, session, id }: Operation): void {
    const gap = this.current[this.places.of(client)];
    gap.hasSends = true;
    gap.openOperations += 1;
    this.gapOfSession[session] = gap;
    this.operationOfSession[session] = id;
  }

  operationEnded(operation: Operation): void {
    const { session } = operation;
    const gap = this.gapOfSession[session];
    if (gap === null || this.operationOfSession[session] !== operation.id) return;
    this.gapOfSession[session] = null;
    gap.openOperations -= 1;
    if (operation.outcome === 'OK') this.answered(operation);
    else this.failed(gap, operation);
    this.recycle(gap);
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
    const longest = new FirstFew(OUTAGES_KEPT, longestFirst);
    longest.add(outages.filter(({ fromMs, toMs }) => fromMs < toMs));
    return outagesInOrder(longest.all());
  }

  private answered({ client, completedAtMs }: Operation): void {
    const place = this.places.of(client);
    const gap = this.current[place];
    if (!gap.hasSends) return;
    gap.endedAtMs = completedAtMs;
    this.current[place] = this.newGap(place);
    this.recycle(gap);
  }

  private failed(gap: Gap, { invokedAtMs }: Operation): void {
    gap.failedSendMs = Math.min(gap.failedSendMs, invokedAtMs);
    if (gap.isListed) return;
    gap.isListed = true;
    this.listed.push(gap);
    if (this.listed.length > LISTED_MAX) this.dropShort();
  }

  /** What is dropped may still grow, by a failure that began earlier: then it is listed again. */
  private dropShort(): void {
    const byLength = this.listed.sort((one, other) => this.lengthMs(other) - this.lengthMs(one));
    this.listed = byLength.filter((gap, index) => index < OUTAGES_KEPT || gap.endedAtMs === NOT_YET);
    for (const gap of byLength) gap.isListed = false;
    for (const gap of this.listed) gap.isListed = true;
    for (const gap of byLength) this.recycle(gap);
  }

  private newGap(place: number): Gap {
    const gap = this.spare.pop() ?? new Gap();
    gap.place = place;
    gap.isSpare = false;
    gap.hasSends = false;
    gap.failedSendMs = NONE;
    gap.endedAtMs = NOT_YET;
    return gap;
  }

  /** Nothing refers any more to a gap that is over, is not listed and has nothing under way. */
  private recycle(gap: Gap): void {
    if (gap.openOperations > 0 || gap.isListed || gap.isSpare || gap.endedAtMs === NOT_YET) return;
    gap.isSpare = true;
    this.spare.push(gap);
  }

  private lengthMs(gap: Gap): number {
    return this.toMs(gap) - this.fromMs(gap);
  }

  private fromMs({ failedSendMs }: Gap): number {
    return Math.max(0, failedSendMs);
  }

  private toMs({ endedAtMs }: Gap): number {
    return Math.min(this.outline.durationMs, endedAtMs);
  }
}

const LISTED_MAX = 10 * OUTAGES_KEPT;
