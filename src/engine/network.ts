import { invariant } from '../model/invariant';
import type { HoldReason, LossReason } from '../model/trace';
import type { EventQueue } from './event-queue';
import type { Link, LinkCondition } from './link';
import { Phase, type Message } from './message';
import type { Stream } from './stream';
import type { Tracer } from './tracer';

/** Bytes of a message beside the values it carries: headers of Ethernet, IP and TCP, and a few words of its own. */
export const HEADER_BYTES = 100;

/** How long a sender waits before it sends a lost segment again: Linux's least (TCP_RTO_MIN); it doubles (RFC 6298, 5.5). */
export const RETRANSMISSION_TIMEOUT_MS = 200;
/** A stream that hears nothing for this long is opened anew rather than waited for (`wal_retrieve_retry_interval`). */
export const RETRANSMISSION_TIMEOUT_MS_MAX = 5000;

/** A direction between two endpoints. */
export interface EndpointPair {
  readonly from: number;
  readonly to: number;
}

/** Where a stream goes; between two endpoints there is one for each channel. */
interface StreamPlace extends EndpointPair {
  readonly channel: number;
}

/** Whoever events are for: a node, a client group, the timetable. */
export interface Endpoint {
  accept(message: Message): void;
}

export interface NetworkSettings {
  /** Nodes and client groups; the network's own alarms go to the endpoint of the next number. */
  readonly endpoints: number;
  /** Of a stored value, which a write, a read's answer and a log entry carry. */
  readonly valueBytes: number;
  /** Called once for each ordered pair of endpoints that has something to say. */
  readonly createLink: (pair: EndpointPair) => Link;
  readonly tracer: Tracer | null;
}

/** A message of any life of its receiver is delivered: it stands for itself. */
const ANY_LIFE = -1;
/** A message that was lost on its way. */
const NO_LIFE = -2;
/** The second copy of a message that came already. */
const ANY_LIFE_AGAIN = -3;

/** The network's alarms, each for a stream that waits for a lost segment. */
const StreamAlarm = { Retransmit: 0, Release: 1 } as const;

/**
 * Carries messages between endpoints, which it knows by their numbers.
 *
 * Messages stand for themselves: each has a latency of its own, may be lost, may come twice (but not a client's request nor its
 * answer, which travel over a connection). Segments of a stream stay in
 * order and are sent again until they arrive. What would be delivered while its direction is cut is lost.
 *
 * An endpoint's life changes when it crashes and when it restarts. What it had sent and is not yet delivered dies with it
 * (`inFlight: LOST`) or not (`DELIVERED`). A segment of a stream also dies with the connection, that is with the receiver's
 * life at its sending; any other message finds whoever is up at its arrival.
 */
export class Network implements Endpoint {
  /** Messages sent, delivered or not. */
  messages = 0;
  private values = 0;
  /** Directions in which an arrival needs a closer look. */
  private disturbedLinks = 0;
  private readonly senderLives: Int32Array;
  private readonly lives: Int32Array;
  private readonly links: (Link | null)[][];
  private endpoints: readonly Endpoint[] = [];
  /** Null unless the run is traced. */
  readonly tracer: Tracer | null;

  constructor(
    private readonly queue: EventQueue,
    private readonly settings: NetworkSettings,
  ) {
    this.senderLives = new Int32Array(settings.endpoints);
    this.lives = new Int32Array(settings.endpoints);
    this.links = Array.from({ length: settings.endpoints }, () => []);
    this.tracer = settings.tracer;
  }

  /** Bytes of the messages sent. */
  get bytes(): number {
    return this.messages * HEADER_BYTES + this.values * this.settings.valueBytes;
  }

  /** Whom it delivers to, by number; once, before the run. */
  connect(endpoints: readonly Endpoint[]): void {
    this.endpoints = endpoints;
  }

  /** Sends an unordered message; the sender fills in the rest of it before its handler returns. */
  send(from: number, to: number, kind: number, values: number): Message {
    const message = this.prepared(from, to, kind, values);
    const link = this.linkAt(from, to);
    message.receiverLife = link.loses() ? NO_LIFE : ANY_LIFE;
    link.setArrival(message, this.queue);
    this.queue.enter(message);
    return message;
  }

  /** Sends the next segment of the ordered stream of that channel between two endpoints. */
  stream(from: number, to: number, kind: number, values: number, channel = 0): Message {
    const message = this.prepared(from, to, kind, values);
    message.channel = channel;
    message.receiverLife = this.lives[to];
    this.linkAt(from, to).setArrivalInStream(message, this.queue);
    this.queue.enter(message);
    return message;
  }

  /**
   * Whether a message that has come to its receiver, who is up, is delivered. If not the network has taken it back: it is
   * lost, or waits for a segment before it.
   */
  delivers(message: Message): boolean {
    if (!this.isAlive(message)) return this.lose(message, 'CONNECTION_BROKEN');
    if (this.disturbedLinks > 0 && !this.passes(message, this.linkAt(message.from, message.to))) return false;
    if (this.tracer !== null) this.tracer.delivered(message, this.queue.now);
    return true;
  }

  /** Takes back a message that nobody receives, for that reason unless it was lost before. */
  lose(message: Message, reason: LossReason): false {
    if (this.tracer !== null) this.tracer.lost(message, this.queue.now, this.firstReason(message, reason));
    this.queue.recycle(message);
    return false;
  }

  /** The endpoint crashed or restarted: its connections are gone, and with them what it had sent, if it is lost. */
  beginLife(endpoint: number, inFlight: 'LOST' | 'DELIVERED'): void {
    this.lives[endpoint]++;
    if (inFlight === 'LOST') this.senderLives[endpoint]++;
    for (const link of this.links[endpoint]) if (link !== null) this.resetStreams(link);
    for (const row of this.links) {
      const link = row[endpoint];
      if (link !== null && link !== undefined) this.resetStreams(link);
    }
  }

  /** Nothing passes in that direction any more, until it is mended as often as it was cut. */
  cut({ from, to }: EndpointPair): void {
    this.alter(this.linkAt(from, to), (link) => link.cuts++);
  }

  isCut({ from, to }: EndpointPair): boolean {
    return (this.links[from][to]?.cuts ?? 0) > 0;
  }

  mend({ from, to }: EndpointPair): void {
    const link = this.linkAt(from, to);
    invariant(link.cuts > 0, 'what was not cut cannot be mended');
    this.alter(link, (cut) => cut.cuts--);
  }

  /**
   * The condition of that direction from now on; it replaces the one before. What is under way keeps its latency, and a
   * message that stands for itself its fate; segments of a stream are lost, and messages come twice, as the condition is
   * when they arrive.
   */
  setLink({ from, to }: EndpointPair, condition: LinkCondition): void {
    this.alter(this.linkAt(from, to), (link) => link.change(condition));
  }

  /** An alarm of a stream that waits for a retransmission. */
  accept(alarm: Message): void {
    const link = this.linkAt(alarm.from, alarm.target);
    const stream = link.streamOf(alarm.channel);
    if (alarm.lsn === stream.connection) this.goOn(stream, link, alarm);
    this.queue.recycle(alarm);
  }

  private prepared(from: number, to: number, kind: number, values: number): Message {
    this.messages++;
    this.values += values;
    const message = this.queue.blank();
    message.phase = Phase.Travelling;
    message.senderLife = this.senderLives[from];
    message.from = from;
    message.to = to;
    message.kind = kind;
    message.work = 1;
    message.channel = 0;
    if (this.tracer !== null) this.tracer.sent(message, this.queue.now);
    return message;
  }

  private linkAt(from: number, to: number): Link {
    return this.links[from][to] ?? this.createLink(from, to);
  }

  private createLink(from: number, to: number): Link {
    const row = this.links[from];
    while (row.length <= to) row.push(null);
    const link = this.settings.createLink({ from, to });
    row[to] = link;
    if (link.isDisturbed) this.disturbedLinks++;
    return link;
  }

  private alter(link: Link, change: (link: Link) => void): void {
    if (link.isDisturbed) this.disturbedLinks--;
    change(link);
    if (link.isDisturbed) this.disturbedLinks++;
  }

  /** Neither its sender nor the connection it belongs to died while it was under way. */
  private isAlive({ from, to, senderLife, receiverLife }: Message): boolean {
    if (senderLife !== this.senderLives[from]) return false;
    return receiverLife === ANY_LIFE || receiverLife === this.lives[to] || receiverLife === ANY_LIFE_AGAIN;
  }

  private firstReason({ from, to, senderLife, receiverLife }: Message, reason: LossReason): LossReason {
    if (receiverLife === NO_LIFE) return 'LOSS';
    if (senderLife !== this.senderLives[from]) return 'SENDER_CRASHED';
    return receiverLife >= 0 && receiverLife !== this.lives[to] ? 'CONNECTION_BROKEN' : reason;
  }

  private passes(message: Message, link: Link): boolean {
    if (message.receiverLife >= 0) return this.passesInStream(message, link);
    if (link.cuts > 0) return this.lose(message, 'PARTITION');
    if (message.receiverLife === ANY_LIFE && message.kind >= 0 && link.duplicates())
      this.duplicate(message, link);
    return true;
  }

  private passesInStream(segment: Message, link: Link): boolean {
    const stream = link.streamOf(segment.channel);
    if (stream.state === 'RELEASING') return true;
    let reason: HoldReason = 'BEHIND_ANOTHER';
    if (stream.state === 'OPEN') {
      if (link.cuts === 0 && !link.loses()) return true;
      reason = link.cuts > 0 ? 'PARTITION' : 'LOSS';
      this.hold(stream, link, segment);
    }
    stream.held.add(segment);
    if (this.tracer !== null) this.tracer.held(segment, this.queue.now, reason);
    return false;
  }

  /** The same again takes another way. */
  private duplicate(message: Message, link: Link): void {
    const twin = this.queue.blank();
    twin.copy(message);
    twin.receiverLife = ANY_LIFE_AGAIN;
    if (this.tracer !== null) this.tracer.duplicated({ original: message, copy: twin, atMs: this.queue.now });
    this.queue.schedule(twin, link.arrivalOfCopyMs(this.queue.now));
  }

  private hold(stream: Stream, link: Link, { from, to, channel }: Message): void {
    this.alter(link, (held) => held.turn(stream, 'HELD'));
    stream.timeoutMs = RETRANSMISSION_TIMEOUT_MS;
    this.await(stream, { from, to, channel }, StreamAlarm.Retransmit, this.queue.now + stream.timeoutMs);
  }

  /** The sender sends again, or what it sent again has come, if the direction is not cut by then. */
  private goOn(stream: Stream, link: Link, { kind, from, target: to, channel }: Message): void {
    const { now } = this.queue;
    const place = { from, to, channel };
    const passes = link.cuts === 0 && (kind === StreamAlarm.Release || !link.loses());
    if (!passes) {
      stream.timeoutMs = Math.min(2 * stream.timeoutMs, RETRANSMISSION_TIMEOUT_MS_MAX);
      this.await(stream, place, StreamAlarm.Retransmit, now + stream.timeoutMs);
    } else if (kind === StreamAlarm.Release) this.release(stream, link);
    else this.await(stream, place, StreamAlarm.Release, link.arrivalOfRetransmissionMs(now));
  }

  private await(stream: Stream, { from, to, channel }: StreamPlace, kind: number, atMs: number): void {
    const alarm = this.queue.blank();
    alarm.phase = Phase.Alarm;
    alarm.to = this.settings.endpoints;
    alarm.from = from;
    alarm.target = to;
    alarm.channel = channel;
    alarm.kind = kind;
    alarm.lsn = stream.connection;
    this.queue.schedule(alarm, atMs);
  }

  /** What has come behind the lost segment comes out with it; what is still under way is later than both. */
  private release(stream: Stream, link: Link): void {
    link.turn(stream, 'RELEASING');
    for (let segment = stream.held.take(); segment !== null; segment = stream.held.take())
      this.endpoints[segment.to].accept(segment);
    this.alter(link, (released) => released.turn(stream, 'OPEN'));
  }

  private resetStreams(link: Link): void {
    this.alter(link, (broken) => broken.reset());
    for (const { held } of link.streams)
      for (let segment = held.take(); segment !== null; segment = held.take())
        this.lose(segment, 'CONNECTION_BROKEN');
  }
}
