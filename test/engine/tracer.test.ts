import { beforeEach, describe, expect, it } from '@jest/globals';
import { Distribution } from '../../src/engine/distribution';
import { EventQueue } from '../../src/engine/event-queue';
import { Link, SOUND_LINK } from '../../src/engine/link';
import type { Message } from '../../src/engine/message';
import { Network } from '../../src/engine/network';
import { RandomStreams } from '../../src/engine/random-streams';
import type { Tracer } from '../../src/engine/tracer';

/** Writes down what happens to messages, by their kinds. */
class Notebook implements Tracer {
  readonly lines: string[] = [];

  sent({ kind }: Message, nowMs: number): void {
    this.lines.push(`${nowMs} sent ${kind}`);
  }
  duplicated({ original, copy, atMs }: Parameters<Tracer['duplicated']>[0]): void {
    this.lines.push(`${atMs} duplicated ${original.kind} as ${copy.kind}`);
  }
  held({ kind }: Message, nowMs: number, reason: string): void {
    this.lines.push(`${nowMs} held ${kind} ${reason}`);
  }
  delivered({ kind }: Message, nowMs: number): void {
    this.lines.push(`${nowMs} delivered ${kind}`);
  }
  lost({ kind }: Message, nowMs: number, reason: string): void {
    this.lines.push(`${nowMs} lost ${kind} ${reason}`);
  }
  serviceBegan = () => undefined;
  handled = () => undefined;
  crashed = () => undefined;
  timerFired = () => undefined;
  flushed = () => undefined;
  stateChanged = () => undefined;
}

describe('what a tracer sees of the network', () => {
  let queue: EventQueue;
  let network: Network;
  let notebook: Notebook;

  beforeEach(() => {
    queue = new EventQueue({ startMs: 0 });
    notebook = new Notebook();
    const streams = new RandomStreams(1n);
    network = new Network(queue, {
      endpoints: 2,
      valueBytes: 1,
      tracer: notebook,
      createLink: ({ from, to }) =>
        new Link({
          latency: Distribution.of({ constant: { ms: 10 } }),
          jitter: null,
          loss: 0,
          duplication: 0,
          random: (purpose) => streams.stream({ purpose, entity: `${from} to ${to}` }),
        }),
    });
    const receiver = { accept: (message: Message) => arrive(message) };
    network.connect([receiver, receiver, network]);
  });

  const arrive = (message: Message) => {
    if (network.delivers(message)) queue.recycle(message);
  };

  function playToEnd(): readonly string[] {
    while (queue.size > 0) {
      const message = queue.next();
      if (message.to === 2) network.accept(message);
      else arrive(message);
    }
    return notebook.lines;
  }

  it('a message on its way', () => {
    network.send(0, 1, 7, 0);
    expect(playToEnd()).toEqual(['0 sent 7', '10 delivered 7']);
  });

  it('a message that the link drops, when it should have come', () => {
    network.setLink({ from: 0, to: 1 }, { ...SOUND_LINK, loss: 1 });
    network.send(0, 1, 7, 0);
    expect(playToEnd()).toEqual(['0 sent 7', '10 lost 7 LOSS']);
  });

  it('a message that a partition stops', () => {
    network.send(0, 1, 7, 0);
    network.cut({ from: 0, to: 1 });
    expect(playToEnd()).toEqual(['0 sent 7', '10 lost 7 PARTITION']);
  });

  it('a message that dies with its sender, and a stream that breaks with its receiver', () => {
    network.send(0, 1, 7, 0);
    network.stream(1, 0, 8, 0);
    network.beginLife(0, 'LOST');
    expect(playToEnd()).toEqual([
      '0 sent 7',
      '0 sent 8',
      '10 lost 7 SENDER_CRASHED',
      '10 lost 8 CONNECTION_BROKEN',
    ]);
  });

  it('a message that finds nobody, unless it was lost before', () => {
    network.send(0, 1, 7, 0);
    network.lose(queue.next(), 'RECEIVER_DOWN');
    network.setLink({ from: 0, to: 1 }, { ...SOUND_LINK, loss: 1 });
    network.send(0, 1, 8, 0);
    network.lose(queue.next(), 'RECEIVER_DOWN');
    expect(notebook.lines).toEqual(['0 sent 7', '10 lost 7 RECEIVER_DOWN', '10 sent 8', '20 lost 8 LOSS']);
  });

  it('segments that wait for the end of a partition, and come then', () => {
    network.cut({ from: 0, to: 1 });
    network.stream(0, 1, 7, 0);
    network.stream(0, 1, 8, 0);
    expect([queue.next(), queue.next()].map((segment) => network.delivers(segment))).toEqual([false, false]);
    network.mend({ from: 0, to: 1 });
    expect(playToEnd()).toEqual([
      '0 sent 7',
      '0 sent 8',
      '10 held 7 PARTITION',
      '10 held 8 BEHIND_ANOTHER',
      '220 delivered 7',
      '220 delivered 8',
    ]);
  });

  it('segments that a broken connection takes while they wait', () => {
    network.cut({ from: 0, to: 1 });
    network.stream(0, 1, 7, 0);
    network.delivers(queue.next());
    network.beginLife(1, 'LOST');
    expect(playToEnd()).toEqual(['0 sent 7', '10 held 7 PARTITION', '10 lost 7 CONNECTION_BROKEN']);
  });

  it('a copy that the network makes', () => {
    network.setLink({ from: 0, to: 1 }, { ...SOUND_LINK, duplication: 1 });
    network.send(0, 1, 7, 0);
    expect(playToEnd()).toEqual(['0 sent 7', '10 duplicated 7 as 7', '10 delivered 7', '20 delivered 7']);
  });
});
