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
  /**
   * By the place of an operation under way: its datacenter, how many answers that had got when it was sent, and when the next
   * one came; `NOT_YET` as long as `answers` can tell that.
   */
  private readonly datacenterAt: Int32Array;
  private readonly sentAfter: Int32Array;
  private readonly answeredAtMs: Float64Array;
  private highestPlace = -1;
  /** Gaps in which some operation failed, by their ids. */
  private listed = new Map<number, Gap>();

  constructor(private readonly outline: RunOutline) {
    this.places = new ClientPlaces(outline);
    this.datacenterAt = new Int32Array(outline.sessions);
    this.sentAfter = new Int32Array(outline.sessions).fill(NOT_UNDER_WAY);
    this.answeredAtMs = new Float64Array(outline.sessions);
    this.lasting = this.places.datacenters.map(() => null);
    this.answers = this.places.datacenters.map(
      (_, datacenter) => new AnswerTimes(() => this.noteAnswers(datacenter)),
    );
  }

  operationInvoked({ client, place }: ObservedOperation): void {
    const datacenter = this.places.of(client);
    this.datacenterAt[place] = datacenter;
    this.sentAfter[place] = this.answers[datacenter].count;
    this.answeredAtMs[place] = NOT_YET;
    if (place > this.highestPlace) this.highestPlace = place;
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
    const gap = { id, datacenter, fromMs: Infinity, endedAtMs: this.nextAnswerMs(place) };
    this.listed.set(id, gap);
    if (gap.endedAtMs === NOT_YET) this.lasting[datacenter] = gap;
    return gap;
  }

  /**
   * What is dropped may still grow, by a failure that began earlier: then it is listed again. If it is listed again by one that
   * began later it is too short; but a hundred were longer than it was.
   */
  private dropShort(): void {
    const byLength = [...this.listed.values()].sort(
      (one, other) => this.lengthMs(other) - this.lengthMs(one),
    );
    const kept = byLength.filter((gap, index) => index < OUTAGES_KEPT || gap.endedAtMs === NOT_YET);
    this.listed = new Map(kept.map((gap) => [gap.id, gap]));
  }

  /** When the first answer came after the operation at that place was sent. */
  private nextAnswerMs(place: number): number {
    const known = this.answeredAtMs[place];
    return known === NOT_YET ? this.answers[this.datacenterAt[place]].at(this.sentAfter[place]) : known;
  }

  /** The answers of that datacenter are about to be forgotten: those under way keep what they may want. */
  private noteAnswers(datacenter: number): void {
    const { count } = this.answers[datacenter];
    for (let place = 0; place <= this.highestPlace; place += 1)
      if (this.datacenterAt[place] === datacenter && this.sentAfter[place] < count)
        this.answeredAtMs[place] = this.nextAnswerMs(place);
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
