import type { Behaviour } from '../../src/engine/behaviour';
import { Distribution } from '../../src/engine/distribution';
import { EventQueue } from '../../src/engine/event-queue';
import { FailoverWatch } from '../../src/engine/failover-watch';
import { Host } from '../../src/engine/host';
import type { HostSettings } from '../../src/engine/host-parts';
import type { Message } from '../../src/engine/message';
import type { Network } from '../../src/engine/network';
import { RandomStreams } from '../../src/engine/random-streams';
import { reachOf } from '../../src/engine/reach';
import { Recorder } from '../../src/engine/recorder';
import type { Timer } from '../../src/engine/timer';
import { Chronicle } from '../engine/scene';
import { plainNetwork } from './plain-network';

/** What one service takes on this stage, one flush, and one message from elsewhere. */
export const SERVICE_MS = 2;
export const FSYNC_MS = 10;
export const LATENCY_MS = 1;

/** Writes down what happens to it, and when. */
export class Diary implements Behaviour {
  readonly lines: string[] = [];
  readonly retainedEntries = 0;
  constructor(private readonly queue: EventQueue) {}

  onRead({ key }: Pick<Message, 'key'>): void {
    this.note(`read ${key}`);
  }
  onWrite({ key }: Pick<Message, 'key'>): void {
    this.note(`write ${key}`);
  }
  onMessage({ kind }: Message): void {
    this.note(`message ${kind}`);
  }
  onTimer({ kind }: Timer): void {
    this.note(`timer ${kind}`);
  }
  onPersisted(position: number): void {
    this.note(`persisted ${position}`);
  }
  onCrash(): void {
    this.note('crash');
  }
  onRestart(): void {
    this.note('restart');
  }
  versionOf(): null {
    return null;
  }
  holds(): boolean {
    return false;
  }
  valueFor(): null {
    return null;
  }
  private note(line: string): void {
    this.lines.push(`${this.queue.now}: ${line}`);
  }
}

/** One host, number 0, and messages to it from endpoint 1. Whatever is wrong with a message's life shows: it is poisoned. */
export class HostStage {
  readonly queue = new EventQueue({ startMs: 0, recycled: 'POISONED' });
  readonly network: Network;
  readonly host: Host;
  readonly diary = new Diary(this.queue);

  /** @param settings what is not as it is on this stage */
  constructor(settings: Partial<HostSettings> = {}) {
    const random = new RandomStreams(1n).stream({ purpose: 'test', entity: 'host' });
    const { queue } = this;
    this.network = plainNetwork(queue, { endpoints: 2, latency: { constant: { ms: LATENCY_MS } } });
    const laws = {
      serviceTime: Distribution.of({ constant: { ms: SERVICE_MS } }),
      serviceRandom: random,
      fsync: Distribution.of({ constant: { ms: FSYNC_MS } }),
      fsyncRandom: random,
    };
    const { network } = this;
    const failovers = new FailoverWatch(queue, (node) => reachOf(node, { hosts: [this.host], network }));
    const recorder = new Recorder(new Chronicle(), queue, failovers);
    const parts = { queue, network, recorder, power: { cut: () => undefined } };
    this.host = new Host({ id: 0, ...laws, ...settings }, parts);
    this.host.play(this.diary);
  }

  /** Sends a message of that kind, which costs so many services, from endpoint 1. */
  send(kind: number, work = 1): void {
    this.network.send(1, 0, kind, 0).work = work;
  }

  /** Plays what comes until that time, everything by default, and returns what the diary says by then. */
  playUntil(endMs = Infinity): string[] {
    const { queue, host } = this;
    const end = queue.blank();
    if (endMs < Infinity) queue.schedule(end, endMs);
    while (queue.size > 0) {
      const message = queue.next();
      if (message === end) break;
      host.accept(message);
    }
    return this.diary.lines;
  }
}
