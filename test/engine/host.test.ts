import { beforeEach, describe, expect, it } from '@jest/globals';
import { ClientMessage } from '../../src/engine/message';
import { InvariantError } from '../../src/model/invariant';
import { HostStage } from '../support/host-stage';

describe('Host', () => {
  let stage: HostStage;

  beforeEach(() => {
    stage = new HostStage();
  });

  it('serves one message at a time, in the order of their arrival', () => {
    stage.network.send(1, 0, ClientMessage.Read, 0).key = 5;
    stage.network.send(1, 0, ClientMessage.Write, 1).key = 6;
    stage.network.send(1, 0, 7, 0);
    expect(stage.playUntil()).toEqual(['3: read 5', '5: write 6', '7: message 7']);
  });

  it('takes as many service times as a message costs, and none for one that costs nothing', () => {
    stage.network.send(1, 0, 1, 0).work = 3;
    stage.network.send(1, 0, 2, 0).work = 0;
    stage.network.send(1, 0, 3, 0);
    expect(stage.playUntil()).toEqual(['1: message 2', '7: message 1', '9: message 3']);
  });

  it('takes a part of a service time for the rest of a number that is not whole', () => {
    stage.send(1, 2.5);
    stage.send(2, 0.25);
    expect(stage.playUntil()).toEqual(['6: message 1', '6.5: message 2']);
  });

  it('flushes one group at a time: what comes during a flush shares the next', () => {
    stage.host.persist(1);
    stage.host.persist(2);
    stage.playUntil(5);
    stage.host.persist(3);
    expect(stage.playUntil()).toEqual(['10: persisted 1', '20: persisted 3']);
  });

  it('loses what waits for service or for the disk in a crash', () => {
    stage.network.send(1, 0, 1, 0);
    stage.host.persist(1);
    stage.playUntil(2);
    stage.host.crash('LOST');
    stage.host.restart();
    expect(stage.playUntil()).toEqual(['2: crash', '2: restart']);
  });

  it('flushes again after a crash', () => {
    stage.host.persist(1);
    stage.playUntil(5);
    stage.host.crash('LOST');
    stage.host.restart();
    stage.host.persist(1);
    expect(stage.playUntil()).toEqual(['5: crash', '5: restart', '15: persisted 1']);
  });

  it('loses what arrives while it is down, and takes what arrives later', () => {
    stage.host.crash('LOST');
    stage.network.send(1, 0, 1, 0);
    stage.playUntil(5);
    stage.host.restart();
    stage.network.send(1, 0, 2, 0);
    expect(stage.playUntil()).toEqual(['0: crash', '5: restart', '8: message 2']);
  });

  it('does not serve after a restart what kept it busy before', () => {
    stage.network.send(1, 0, 1, 0).work = 1000;
    stage.playUntil(5);
    stage.host.crash('LOST');
    stage.host.restart();
    stage.network.send(1, 0, 2, 0);
    expect(stage.playUntil()).toContain('8: message 2');
  });

  it('rings a timer once, at its last setting', () => {
    const timer = stage.host.createTimer(4);
    stage.host.setTimer(timer, 10);
    stage.host.setTimer(timer, 30);
    expect(stage.playUntil()).toEqual(['30: timer 4']);
  });

  it('does not ring a timer that was cancelled or that a crash silenced', () => {
    const [cancelled, silenced] = [stage.host.createTimer(1), stage.host.createTimer(2)];
    for (const timer of [cancelled, silenced]) stage.host.setTimer(timer, 10);
    cancelled.cancel();
    stage.host.crash('LOST');
    stage.host.restart();
    expect(stage.playUntil()).toEqual(['0: crash', '0: restart']);
  });

  it('rings each timer with its own subject', () => {
    const [first, second] = [stage.host.createTimer(4, 1), stage.host.createTimer(4, 2)];
    stage.host.setTimer(first, 20);
    stage.host.setTimer(second, 10);
    const rung: number[] = [];
    stage.diary.onTimer = ({ subject }) => rung.push(subject);
    stage.playUntil();
    expect(rung).toEqual([2, 1]);
  });

  it('rings a timer that is set again as it rings, and one that a crash silenced once it is set again', () => {
    const timer = stage.host.createTimer(4);
    stage.host.setTimer(timer, 10);
    stage.diary.onTimer = () => {
      stage.diary.lines.push(`${stage.queue.now}: rings`);
      if (stage.queue.now < 30) stage.host.setTimer(timer, 10);
    };
    stage.playUntil(15);
    stage.host.crash('LOST');
    stage.host.restart();
    stage.host.setTimer(timer, 10);
    expect(stage.playUntil()).toEqual(['10: rings', '15: crash', '15: restart', '25: rings', '35: rings']);
  });

  it('flushes as slowly as its disk is when a flush begins', () => {
    stage.host.persist(1);
    stage.host.slowDisk(5);
    stage.playUntil(3);
    stage.host.persist(2);
    stage.playUntil(12);
    stage.host.slowDisk(1);
    stage.host.persist(3);
    expect(stage.playUntil()).toEqual(['10: persisted 1', '60: persisted 2', '70: persisted 3']);
  });

  it('keeps a slow disk through a crash', () => {
    stage.host.slowDisk(2);
    stage.host.crash('LOST');
    stage.host.restart();
    stage.host.persist(1);
    expect(stage.playUntil()).toContain('20: persisted 1');
  });

  it('has a clock of its own, wrong by an offset and by a drift from the zero of the run on', () => {
    expect(stage.host.clockMs).toBe(0);
    stage.host.setClock({ offsetMs: -3, driftPpm: 0 });
    expect(stage.host.clockMs).toBe(-3);
    stage.playUntil(100_000);
    stage.host.setClock({ offsetMs: 7, driftPpm: 100 });
    expect(stage.host.clockMs).toBeCloseTo(100_017, 6);
    stage.playUntil(200_000);
    expect(stage.host.clockMs).toBeCloseTo(200_027, 6);
    stage.host.setClock({ offsetMs: 0, driftPpm: 0 });
    expect(stage.host.clockMs).toBe(200_000);
  });

  it.each<[string, (stage: HostStage) => void]>([
    ['sends', ({ host }) => host.send(1, 0)],
    ['sets a timer', ({ host }) => host.setTimer(host.createTimer(1), 5)],
    ['flushes', ({ host }) => host.persist(1)],
    ['takes up work', ({ host }) => host.undertake(1, { lsn: 1, work: 1, channel: 0 })],
  ])('refuses a behaviour that %s in its crash', (_, act) => {
    stage.diary.onCrash = () => act(stage);
    expect(() => stage.host.crash('LOST')).toThrow(InvariantError);
  });

  it('refuses to turn as it cannot', () => {
    const { host } = stage;
    expect(() => host.restart()).toThrow('node 0 cannot turn from running to running');
    expect(() => host.resume()).toThrow(InvariantError);
    host.pause();
    expect(() => host.pause()).toThrow('node 0 cannot turn from paused to paused');
    expect(() => host.restart()).toThrow(InvariantError);
    host.crash('LOST');
    for (const turn of ['pause', 'resume'] as const) expect(() => host[turn]()).toThrow(InvariantError);
    expect(() => host.crash('LOST')).toThrow('node 0 cannot turn from down to down');
  });
});
