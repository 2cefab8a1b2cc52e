import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Behaviour } from '../../src/engine/behaviour';
import { Distribution } from '../../src/engine/distribution';
import { EventQueue } from '../../src/engine/event-queue';
import { Host } from '../../src/engine/host';
import { ClientMessage, type Message } from '../../src/engine/message';
import type { Network } from '../../src/engine/network';
import { RandomStreams } from '../../src/engine/random-streams';
import { Recorder } from '../../src/engine/recorder';
import type { Timer } from '../../src/engine/timer';
import { plainNetwork } from '../support/plain-network';
import { Chronicle } from './scene';

const SERVICE_MS = 2;
const FSYNC_MS = 10;
const random = new RandomStreams(1n).stream({ purpose: 'test', entity: 'host' });
const constant = (ms: number) => Distribution.of({ constant: { ms } });

/** Writes down what happens to it, and when. */
class Diary implements Behaviour {
  readonly lines: string[] = [];
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
  valueFor(): null {
    return null;
  }
  private note(line: string): void {
    this.lines.push(`${this.queue.now}: ${line}`);
  }
}

describe('Host', () => {
  let queue: EventQueue;
  let network: Network;
  let host: Host;
  let diary: Diary;

  beforeEach(() => {
    queue = new EventQueue({ startMs: 0 });
    network = plainNetwork(queue, { endpoints: 2, latency: { constant: { ms: 1 } } });
    const laws = {
      serviceTime: constant(SERVICE_MS),
      serviceRandom: random,
      fsync: constant(FSYNC_MS),
      fsyncRandom: random,
    };
    host = new Host({ id: 0, ...laws }, { queue, network, recorder: new Recorder(new Chronicle(), queue) });
    diary = new Diary(queue);
    host.play(diary);
  });

  /** Plays what comes until that time, everything by default. */
  function playUntil(endMs = Infinity): string[] {
    const clock = queue.blank();
    clock.kind = CLOCK;
    if (endMs < Infinity) queue.schedule(clock, endMs);
    while (queue.size > 0) {
      const message = queue.next();
      if (message === clock) break;
      host.accept(message);
    }
    return diary.lines;
  }
  const CLOCK = 99;

  it('serves one message at a time, in the order of their arrival', () => {
    network.send(1, 0, ClientMessage.Read, 0).key = 5;
    network.send(1, 0, ClientMessage.Write, 1).key = 6;
    network.send(1, 0, 7, 0);
    expect(playUntil()).toEqual(['3: read 5', '5: write 6', '7: message 7']);
  });

  it('takes as many service times as a message costs, and none for one that costs nothing', () => {
    network.send(1, 0, 1, 0).work = 3;
    network.send(1, 0, 2, 0).work = 0;
    network.send(1, 0, 3, 0);
    expect(playUntil()).toEqual(['1: message 2', '7: message 1', '9: message 3']);
  });

  it('flushes one group at a time: what comes during a flush shares the next', () => {
    host.persist(1);
    host.persist(2);
    playUntil(5);
    host.persist(3);
    expect(playUntil()).toEqual(['10: persisted 1', '20: persisted 3']);
  });

  it('loses what waits for service or for the disk in a crash', () => {
    network.send(1, 0, 1, 0);
    host.persist(1);
    playUntil(2);
    host.crash('LOST');
    host.restart();
    expect(playUntil()).toEqual(['2: crash', '2: restart']);
  });

  it('flushes again after a crash', () => {
    host.persist(1);
    playUntil(5);
    host.crash('LOST');
    host.restart();
    host.persist(1);
    expect(playUntil()).toEqual(['5: crash', '5: restart', '15: persisted 1']);
  });

  it('loses what arrives while it is down, and takes what arrives later', () => {
    host.crash('LOST');
    network.send(1, 0, 1, 0);
    playUntil(5);
    host.restart();
    network.send(1, 0, 2, 0);
    expect(playUntil()).toEqual(['0: crash', '5: restart', '8: message 2']);
  });

  it('does not serve after a restart what kept it busy before', () => {
    network.send(1, 0, 1, 0).work = 1000;
    playUntil(5);
    host.crash('LOST');
    host.restart();
    network.send(1, 0, 2, 0);
    expect(playUntil()).toContain('8: message 2');
  });

  it('rings a timer once, at its last setting', () => {
    const timer = host.createTimer(4);
    host.setTimer(timer, 10);
    host.setTimer(timer, 30);
    expect(playUntil()).toEqual(['30: timer 4']);
  });

  it('does not ring a timer that was cancelled or that a crash silenced', () => {
    const [cancelled, silenced] = [host.createTimer(1), host.createTimer(2)];
    for (const timer of [cancelled, silenced]) host.setTimer(timer, 10);
    cancelled.cancel();
    host.crash('LOST');
    host.restart();
    expect(playUntil()).toEqual(['0: crash', '0: restart']);
  });
});
