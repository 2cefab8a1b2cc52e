import { beforeEach, describe, expect, it } from '@jest/globals';
import { Distribution } from '../../src/engine/distribution';
import type { Message } from '../../src/engine/message';
import { outlineOf } from '../../src/engine/outline';
import type { World } from '../../src/engine/replication';
import { Simulation } from '../../src/engine/simulation';
import { TraceCollector } from '../../src/experiments/run/trace-collector';
import { HostStage } from '../support/host-stage';
import { scripted } from '../support/script';
import { Chronicle, exactly, specOf } from './scene';

const TASK = { lsn: 1, work: 1, channel: 0 };

describe('work of its own that a host takes up', () => {
  let stage: HostStage;

  beforeEach(() => {
    stage = new HostStage();
  });

  it('takes its service times, and hands back what was said of it, as a message from itself', () => {
    const done: Partial<Message>[] = [];
    stage.diary.onMessage = ({ kind, from, lsn, channel }) => done.push({ kind, from, lsn, channel });
    stage.host.undertake(5, { lsn: 70, work: 2.5, channel: 3 });
    stage.playUntil();
    expect(done).toEqual([{ kind: 5, from: 0, lsn: 70, channel: 3 }]);
    expect(stage.queue.now).toBe(5);
  });

  it('waits its turn behind what was there before, and holds up what comes after', () => {
    stage.send(1);
    stage.playUntil(1.5);
    stage.host.undertake(2, { ...TASK, work: 3 });
    stage.send(3);
    expect(stage.playUntil()).toEqual(['3: message 1', '9: message 2', '11: message 3']);
  });

  it('is done at once if it costs nothing, whatever waits', () => {
    stage.send(1);
    stage.playUntil(2);
    stage.host.undertake(2, { ...TASK, work: 0 });
    expect(stage.diary.lines).toEqual(['2: message 2']);
  });

  it('is done at once where service takes no time', () => {
    const instant = new HostStage({ serviceTime: Distribution.of({ constant: { ms: 0 } }) });
    instant.host.undertake(2, { ...TASK, work: 9 });
    expect(instant.diary.lines).toEqual(['0: message 2']);
  });

  it('is lost in a crash, begun or not', () => {
    for (const kind of [1, 2]) stage.host.undertake(kind, TASK);
    stage.playUntil(1);
    stage.host.crash('DELIVERED');
    stage.host.restart();
    expect(stage.playUntil()).toEqual(['1: crash', '1: restart']);
  });

  it('stands still in a pause, and goes on after it', () => {
    for (const kind of [1, 2]) stage.host.undertake(kind, TASK);
    stage.playUntil(1);
    stage.host.pause();
    stage.playUntil(101);
    stage.host.resume();
    expect(stage.playUntil()).toEqual(['102: message 1', '104: message 2']);
  });

  it('stands in no trace: nobody sent it', () => {
    const spec = specOf({
      serviceTime: exactly(1),
      workload: { durationMs: 100, clients: [{ datacenter: 'a', sessions: 1, ratePerSecond: 1e-9 }] },
    });
    const vocabulary = { messages: [{ name: 'TASK', carries: [] }], timers: ['ALARM'] };
    const window = { fromMs: 0, toMs: 100, eventsMax: 100 };
    const tracer = new TraceCollector({ outline: outlineOf(spec, 0), vocabulary, ...window });
    const createReplication = ({ hosts }: Pick<World, 'hosts'>) => ({
      ...scripted({ 0: { 10: (host) => host.undertake(0, TASK), 10.5: (host) => host.undertake(0, TASK) } })({
        hosts,
      }),
      createDriver: () => ({ invoke: () => undefined, onMessage: () => undefined }),
    });
    const observer = new Chronicle();
    new Simulation({ spec, seed: 1n, repetition: 0, observer, tracer, createReplication }).advance(Infinity);
    expect(tracer.trace().events.map(({ type }) => type)).toEqual(['TIMER', 'TIMER']);
  });
});
