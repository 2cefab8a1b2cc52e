import type { EventQueue } from './event-queue';
import type { Link } from './link';
import { Phase, type Message } from './message';

/** Bytes of a message beside the values it carries: headers of Ethernet, IP and TCP, and a few words of its own. */
export const HEADER_BYTES = 100;

export interface NetworkSettings {
  readonly endpoints: number;
  /** Of a stored value, which a write, a read's answer and a log entry carry. */
  readonly valueBytes: number;
  /** Called once for each ordered pair of endpoints that has something to say. */
  readonly createLink: (from: number, to: number) => Link;
}

/** A message of any life of its receiver is delivered: it stands for itself. */
const ANY_LIFE = -1;

/**
 * Carries messages between endpoints, which it knows by their numbers.
 *
 * An endpoint's life changes when it crashes and when it restarts. What it had sent and is not yet delivered dies with it
 * (`inFlight: LOST`). A segment of a stream also dies with the connection, that is with the receiver's life at its
 * sending; any other message finds whoever is up at its arrival.
 */
export class Network {
  /** Messages and bytes sent, delivered or not. */
  messages = 0;
  bytes = 0;
  private readonly lives: Int32Array;
  private readonly links: (Link | undefined)[][];

  constructor(
    private readonly queue: EventQueue,
    private readonly settings: NetworkSettings,
  ) {
    this.lives = new Int32Array(settings.endpoints);
    this.links = Array.from({ length: settings.endpoints }, () => []);
  }

  /** Sends an unordered message; the sender fills in the rest of it before its handler returns. */
  send(from: number, to: number, kind: number, values: number): Message {
    const message = this.prepared(from, to, kind, values);
    message.receiverLife = ANY_LIFE;
    this.queue.schedule(message, this.link(from, to).arrivalMs(this.queue.now));
    return message;
  }

  /** Sends the next segment of the ordered stream between two endpoints. */
  stream(from: number, to: number, kind: number, values: number): Message {
    const message = this.prepared(from, to, kind, values);
    message.receiverLife = this.lives[to];
    this.queue.schedule(message, this.link(from, to).arrivalInStreamMs(this.queue.now));
    return message;
  }

  /** Whether a message that has come to its receiver, who is up, is delivered. */
  delivers(message: Message): boolean {
    if (message.senderLife !== this.lives[message.from]) return false;
    return message.receiverLife === ANY_LIFE || message.receiverLife === this.lives[message.to];
  }

  /** The endpoint crashed or restarted: its connections are gone. */
  beginLife(endpoint: number): void {
    this.lives[endpoint]++;
    for (const link of this.links[endpoint]) link?.reset();
    for (const row of this.links) row[endpoint]?.reset();
  }

  private prepared(from: number, to: number, kind: number, values: number): Message {
    this.messages++;
    this.bytes += HEADER_BYTES + values * this.settings.valueBytes;
    const message = this.queue.blank();
    message.phase = Phase.Travelling;
    message.senderLife = this.lives[from];
    message.from = from;
    message.to = to;
    message.kind = kind;
    message.work = 1;
    return message;
  }

  private link(from: number, to: number): Link {
    return (this.links[from][to] ??= this.settings.createLink(from, to));
  }
}
