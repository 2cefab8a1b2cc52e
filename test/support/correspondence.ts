import { EventQueue } from '../../src/engine/event-queue';
import type { Message } from '../../src/engine/message';
import type { Endpoint, Network } from '../../src/engine/network';
import { plainNetwork, type PlainNetwork } from './plain-network';

/** A message as its receiver found it, and when. */
export interface Letter {
  readonly from: number;
  readonly to: number;
  readonly kind: number;
  readonly key: number;
  readonly atMs: number;
}

/** A network between endpoints that write down what they get. Whatever is wrong with a message's life shows: it is poisoned. */
export class Correspondence implements Endpoint {
  readonly queue = new EventQueue({ startMs: 0, recycled: 'POISONED' });
  readonly network: Network;
  /** What came, in the order of its coming. */
  readonly letters: Letter[] = [];
  private readonly everyone: readonly Endpoint[];

  constructor(plan: Omit<PlainNetwork, 'endpoints'>, endpoints = 3) {
    this.network = plainNetwork(this.queue, { endpoints, ...plan });
    this.everyone = [...new Array<Endpoint>(endpoints).fill(this), this.network];
    this.network.connect(this.everyone);
  }

  /** The kinds that came from one endpoint to another, by default all of them. */
  kinds(pair: Partial<Pick<Letter, 'from' | 'to'>> = {}): readonly number[] {
    return this.letters
      .filter(({ from, to }) => from === (pair.from ?? from) && to === (pair.to ?? to))
      .map(({ kind }) => kind);
  }

  /** `kind @ time` of everything that came. */
  get log(): readonly string[] {
    return this.letters.map(({ kind, atMs }) => `${kind} @ ${atMs}`);
  }

  accept(message: Message): void {
    if (!this.network.delivers(message)) return;
    const { from, to, kind, key } = message;
    this.letters.push({ from, to, kind, key, atMs: this.queue.now });
    this.queue.recycle(message);
  }

  /** Plays whatever comes until that time, what was sent by now for that very moment included, and moves the clock there. */
  playUntil(endMs: number): this {
    const end = this.queue.blank();
    end.to = -1;
    this.queue.schedule(end, endMs);
    for (let message = this.queue.next(); message !== end; message = this.queue.next())
      this.everyone[message.to].accept(message);
    this.queue.recycle(end);
    return this;
  }

  /** Sends that many messages, of kinds from 0, one every millisecond from now. */
  sendMany(count: number, how: 'send' | 'stream' = 'send'): this {
    const startMs = this.queue.now;
    for (let kind = 0; kind < count; kind++) {
      this.playUntil(startMs + kind);
      this.network[how](0, 1, kind, 0).key = 7 * kind;
    }
    return this;
  }
}
