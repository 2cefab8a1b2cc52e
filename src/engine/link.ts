import type { Distribution } from './distribution';
import type { Message } from './message';
import type { Random } from './random';
import { Stream, type StreamState } from './stream';

/** Whoever knows the present, in simulated milliseconds. */
interface Clock {
  readonly now: number;
}

/** What a link is like when nothing disturbs it. */
export interface LinkSettings {
  readonly latency: Distribution;
  /** Added to every latency. */
  readonly jitter: Distribution | null;
  /** Share of what is sent that does not arrive, 0 … 1. */
  readonly loss: number;
  /** Share of what arrives that arrives a second time, 0 … 1. */
  readonly duplication: number;
  /** A stream of random numbers of this link's own; asked for once a purpose, when it is needed first. */
  readonly random: (purpose: string) => Random;
}

/**
 * What the faults that last make of a link: (latency + jitter) × factor + extraMs; loss and duplication are chances beside the
 * link's own, and independent of them.
 */
export interface LinkCondition {
  readonly factor: number;
  readonly extraMs: number;
  readonly loss: number;
  readonly duplication: number;
}

/** No fault lasts. */
export const SOUND_LINK: LinkCondition = { factor: 1, extraMs: 0, loss: 0, duplication: 0 };

/** One direction between two endpoints: when, and whether, what is sent now comes out at the other end. */
export class Link {
  /** Partitions that cut it at this moment. */
  cuts = 0;
  /** That of channel 0, and those of others, made as they are needed: each an ordered stream of its own. */
  private readonly firstStream = new Stream();
  private readonly furtherStreams = new Map<number, Stream>();
  /** Streams that are not open. */
  private interrupted = 0;
  private factor = 1;
  private extraMs = 0;
  private loss: number;
  private duplication: number;
  private readonly latency: Distribution;
  private readonly jitter: Distribution | null;
  private latencyRandom: Random | null = null;
  private jitterRandom: Random | null = null;
  private retransmissionRandom: Random | null = null;
  private copyRandom: Random | null = null;
  private lossRandom: Random | null = null;
  private duplicationRandom: Random | null = null;

  constructor(private readonly settings: LinkSettings) {
    this.loss = settings.loss;
    this.duplication = settings.duplication;
    this.latency = settings.latency;
    this.jitter = settings.jitter;
  }

  /** Something may be lost, sent twice or cut off: each arrival needs a closer look. */
  get isDisturbed(): boolean {
    return this.cuts > 0 || this.interrupted > 0 || this.loss > 0 || this.duplication > 0;
  }

  change({ factor, extraMs, loss, duplication }: LinkCondition): void {
    this.factor = factor;
    this.extraMs = extraMs;
    this.loss = eitherOf(this.settings.loss, loss);
    this.duplication = eitherOf(this.settings.duplication, duplication);
  }

  /**
   * Sets the time at which a message that stands for itself and is sent now arrives. Clock and message are handed over rather
   * than times: a number that passes a call is put on the heap.
   */
  setArrival(message: Message, clock: Clock): void {
    this.latencyRandom ??= this.settings.random('link');
    let latencyMs = this.latency.sample(this.latencyRandom);
    if (this.jitter !== null) latencyMs += this.jitterMs(this.jitter);
    message.time = clock.now + latencyMs * this.factor + this.extraMs;
  }

  /** The same for the next segment of the ordered stream of its channel (TCP). */
  setArrivalInStream(segment: Message, clock: Clock): void {
    this.setArrival(segment, clock);
    this.streamOf(segment.channel).keepInOrder(segment);
  }

  streamOf(channel: number): Stream {
    return channel === 0 ? this.firstStream : this.furtherStream(channel);
  }

  get streams(): readonly Stream[] {
    return [this.firstStream, ...this.furtherStreams.values()];
  }

  /** Turns one of its streams. */
  turn(stream: Stream, to: StreamState): void {
    if (stream.state !== 'OPEN') this.interrupted--;
    stream.state = to;
    if (to !== 'OPEN') this.interrupted++;
  }

  /** For a lost segment that is sent again. */
  arrivalOfRetransmissionMs(nowMs: number): number {
    this.retransmissionRandom ??= this.settings.random('retransmission');
    return this.arrivalAgainMs(nowMs, this.retransmissionRandom);
  }

  /** For the second copy of a message. */
  arrivalOfCopyMs(nowMs: number): number {
    this.copyRandom ??= this.settings.random('copy');
    return this.arrivalAgainMs(nowMs, this.copyRandom);
  }

  loses(): boolean {
    if (this.loss === 0) return false;
    this.lossRandom ??= this.settings.random('loss');
    return this.lossRandom.chance(this.loss);
  }

  duplicates(): boolean {
    if (this.duplication === 0) return false;
    this.duplicationRandom ??= this.settings.random('duplication');
    return this.duplicationRandom.chance(this.duplication);
  }

  /** Every connection broke. */
  reset(): void {
    for (const stream of this.streams) {
      stream.reset();
      this.turn(stream, 'OPEN');
    }
  }

  private furtherStream(channel: number): Stream {
    let stream = this.furtherStreams.get(channel);
    if (stream === undefined) {
      stream = new Stream();
      this.furtherStreams.set(channel, stream);
    }
    return stream;
  }

  /** With chances apart, so that loss and duplication leave every other latency as it is. */
  private arrivalAgainMs(nowMs: number, random: Random): number {
    const { latency, jitter } = this;
    const latencyMs = latency.sample(random) + (jitter === null ? 0 : jitter.sample(random));
    return nowMs + latencyMs * this.factor + this.extraMs;
  }

  private jitterMs(jitter: Distribution): number {
    this.jitterRandom ??= this.settings.random('jitter');
    return jitter.sample(this.jitterRandom);
  }
}

/** The chance that one or the other of two independent things happens; exact where one of them has none. */
function eitherOf(one: number, other: number): number {
  return one + other * (1 - one);
}
