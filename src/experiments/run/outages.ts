import { FirstFew } from '../../model/first-few';
import { OUTAGES_KEPT, type Outage } from '../../model/measurements';
import { longestFirst, outagesInOrder } from '../../model/measurements-order';
import { NEVER_SENT, type ObservedOperation, type RunOutline } from '../../model/observer';
import { AnswerTimes } from './answer-times';
import { ClientPlaces } from './client-places';

/**
 * The time between two OK answers of a datacenter in which an operation was sent that got no OK answer. It is an outage, from
 * the first such send to the second of the two answers, or to the end of the duration.
 */
interface Gap {
  /** Of the OK answer that ends it, and so of the gap. */
  readonly id: number;
  readonly datacenter: number;
  /** When the first operation was sent in it that ended without OK. */
  fromMs: number;
  /** When that answer came; Infinity while it has not. */
  endedAtMs: number;
}

/**
 * Finds when a datacenter's clients got no OK answer although they asked.
 *
 * That an operation fails is known only when it ends, often long after the next OK answer of another: every operation under
 * way therefore remembers how many answers had come when it was sent. Outages lie within [0, durationMs].
 */
export class Outages {
  private readonly places: ClientPlaces;
  /** By datacenter: its answers, and the listed gap that lasts. */
  private readonly answers: readonly AnswerTimes[];
  private readonly lasting: (Gap | null)[];
  /** By the place of an operation under way: its datacenter, and how many answers that had got when it was sent. */
  private readonly datacenterAt: Int32Array;
  private readonly sentAfter: Int32Array;
  /** Gaps in which some operation failed, by their ids. */
  private listed = new Map<number, Gap>();

  constructor(private readonly outline: RunOutline) {
    this.places = new ClientPlaces(outline);
    this.datacenterAt = new Int32Array(outline.sessions);
    this.sentAfter = new Int32Array(outline.sessions).fill(NOT_UNDER_WAY);
    this.lasting = this.places.datacenters.map(() => null);
    this.answers = this.places.datacenters.map(
      (_, datacenter) => new AnswerTimes(() => this.oldestNeeded(datacenter)),
    );
  }

  operationInvoked({ client, place }: ObservedOperation): void {
    const datacenter = this.places.of(client);
    this.datacenterAt[place] = datacenter;
    this.sentAfter[place] = this.answers[datacenter].count;
  }

  operationEnded(operation: ObservedOperation): void {
    const { place, outcome, completedAtMs } = operation;
    if (place === NEVER_SENT) return;
    if (outcome === 'OK') this.answered(this.datacenterAt[place], completedAtMs);
    else this.failed(operation);
    this.sentAfter[place] = NOT_UNDER_WAY;
  }

  /** The longest, in canonical order. */
  longest(): readonly Outage[] {
    const { repetition } = this.outline;
    const outages = [...this.listed.values()].map((gap) => ({
      repetition,
      datacenter: this.places.datacenters[gap.datacenter],
      fromMs: Math.max(0, gap.fromMs),
      toMs: this.toMs(gap),
    }));
    const longest = new FirstFew(OUTAGES_KEPT, longestFirst);
    longest.add(outages.filter(({ fromMs, toMs }) => fromMs < toMs));
    return outagesInOrder(longest.all());
  }

  private answered(datacenter: number, atMs: number): void {
    this.answers[datacenter].add(atMs);
    const gap = this.lasting[datacenter];
    if (gap === null) return;
    gap.endedAtMs = atMs;
    this.lasting[datacenter] = null;
  }

  private failed({ place, invokedAtMs }: ObservedOperation): void {
    const gap = this.gapOf(place);
    gap.fromMs = Math.min(gap.fromMs, invokedAtMs);
    if (this.listed.size > LISTED_MAX) this.dropShort();
  }

  /** The gap in which the operation at that place was sent; listed from now on. */
  private gapOf(place: number): Gap {
    const datacenter = this.datacenterAt[place];
    const endedBy = this.sentAfter[place];
    const id = endedBy * this.answers.length + datacenter;
    const known = this.listed.get(id);
    if (known !== undefined) return known;
    const gap = { id, datacenter, fromMs: Infinity, endedAtMs: this.answers[datacenter].at(endedBy) };
    this.listed.set(id, gap);
    if (gap.endedAtMs === NOT_YET) this.lasting[datacenter] = gap;
    return gap;
  }

  /** What is dropped may still grow, by a failure that began earlier: then it is listed again. */
  private dropShort(): void {
    const byLength = [...this.listed.values()].sort(
      (one, other) => this.lengthMs(other) - this.lengthMs(one),
    );
    const kept = byLength.filter((gap, index) => index < OUTAGES_KEPT || gap.endedAtMs === NOT_YET);
    this.listed = new Map(kept.map((gap) => [gap.id, gap]));
  }

  /** The least number of an answer that an operation under way of that datacenter waits for. */
  private oldestNeeded(datacenter: number): number {
    let oldest = NOT_UNDER_WAY;
    for (let place = 0; place < this.sentAfter.length; place += 1)
      if (this.datacenterAt[place] === datacenter) oldest = Math.min(oldest, this.sentAfter[place]);
    return oldest;
  }

  private lengthMs(gap: Gap): number {
    return this.toMs(gap) - Math.max(0, gap.fromMs);
  }

  private toMs({ endedAtMs }: Gap): number {
    return Math.min(this.outline.durationMs, endedAtMs);
  }
}

const NOT_YET = Infinity;
/** More than there are answers. */
const NOT_UNDER_WAY = 2_147_483_647;
const LISTED_MAX = 10 * OUTAGES_KEPT;
