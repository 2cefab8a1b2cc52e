import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HostStage, LATENCY_MS, SERVICE_MS } from '../support/host-stage';

describe('a host that stands still', () => {
  let stage: HostStage;

  beforeEach(() => {
    stage = new HostStage();
  });

  function pause({ fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number }): void {
    stage.playUntil(fromMs);
    stage.host.pause();
    stage.playUntil(untilMs);
    stage.host.resume();
  }

  it('goes on with the service under way where it stopped', () => {
    stage.send(1, 5);
    stage.send(2);
    pause({ fromMs: 4, untilMs: 104 });
    expect(stage.playUntil()).toEqual(['111: message 1', '113: message 2']);
  });

  it('goes on with a service that was to end after the pause', () => {
    stage.send(1, 5);
    pause({ fromMs: 4, untilMs: 6 });
    expect(stage.playUntil()).toEqual(['13: message 1']);
  });

  it('goes on with a service that several pauses interrupt', () => {
    stage.send(1, 5);
    pause({ fromMs: 2, untilMs: 12 });
    pause({ fromMs: 15, untilMs: 35 });
    pause({ fromMs: 35, untilMs: 36 });
    expect(stage.playUntil()).toEqual(['42: message 1']);
  });

  it('begins a service in the pause of none, but when it goes on', () => {
    pause({ fromMs: 0, untilMs: 0 });
    stage.host.pause();
    stage.send(1);
    stage.playUntil(50);
    stage.host.resume();
    expect(stage.playUntil()).toEqual(['52: message 1']);
  });

  it('does at its end, in the order in which it came, what came meanwhile', () => {
    const [early, late] = [stage.host.createTimer(1), stage.host.createTimer(2)];
    stage.host.setTimer(early, 20);
    stage.host.setTimer(late, 200);
    stage.host.persist(1);
    stage.playUntil(2);
    stage.host.pause();
    stage.playUntil(14);
    stage.send(3, 0);
    stage.playUntil(30);
    stage.send(4, 0);
    stage.playUntil(100);
    stage.host.resume();
    expect(stage.playUntil()).toEqual([
      '100: persisted 1',
      '100: message 3',
      '100: timer 1',
      '100: message 4',
      '200: timer 2',
    ]);
  });

  it('lets what happens first at its end silence a timer that came due', () => {
    const timer = stage.host.createTimer(1);
    stage.diary.onMessage = () => timer.cancel();
    stage.host.setTimer(timer, 20);
    stage.host.pause();
    stage.playUntil(5);
    stage.send(3, 0);
    stage.playUntil(100);
    stage.host.resume();
    expect(stage.playUntil()).toEqual([]);
  });

  it('begins the next flush when it hears of the last one', () => {
    stage.host.persist(1);
    stage.host.persist(2);
    pause({ fromMs: 5, untilMs: 50 });
    expect(stage.playUntil()).toEqual(['50: persisted 1', '60: persisted 2']);
  });

  it('keeps what its connections brought although their sender crashes before it goes on', () => {
    stage.host.pause();
    stage.send(1, 0);
    stage.playUntil(5);
    stage.network.beginLife(1, 'LOST');
    stage.playUntil(10);
    stage.host.resume();
    expect(stage.playUntil()).toEqual(['10: message 1']);
  });

  it('loses in a crash all that waits for its end, and is not paused when it restarts', () => {
    const timer = stage.host.createTimer(1);
    stage.host.setTimer(timer, 20);
    stage.host.persist(1);
    stage.send(1, 9);
    stage.playUntil(5);
    stage.host.pause();
    stage.send(2, 0);
    stage.playUntil(30);
    stage.host.crash('LOST');
    stage.playUntil(40);
    stage.host.restart();
    stage.send(3, 0);
    expect(stage.playUntil()).toEqual(['30: crash', '40: restart', '41: message 3']);
    expect(stage.host.isPaused).toBe(false);
  });
});

describe('a host, whenever it stands still or crashes', () => {
  const SLOTS = 60;
  interface Outage {
    readonly fromMs: number;
    readonly untilMs: number;
  }
  interface Life {
    readonly fromMs: number;
    readonly untilMs: number;
    readonly pauses: readonly Outage[];
  }

  /** Turns at fractions of a millisecond that no arrival and no end of a service shares. */
  const turns = fc
    .uniqueArray(fc.integer({ min: 1, max: SLOTS - 1 }), { maxLength: 8 })
    .chain((slots) =>
      fc.tuple(fc.constant([...slots].sort((one, other) => one - other)), fc.infiniteStream(fc.boolean())),
    )
    .map(([slots, choices]) =>
      slots.map((slot, index) => ({
        atMs: slot + 2 ** -(index + 1),
        isCrash: choices.next().value === true,
      })),
    );
  const arrivals = fc.array(
    fc.record({ atMs: fc.integer({ min: 1, max: SLOTS }), work: fc.integer({ min: 1, max: 3 }) }),
    {
      maxLength: 40,
    },
  );

  /** From the turns: running → paused or down; paused → running or down; down → running. */
  function livesOf(all: readonly { readonly atMs: number; readonly isCrash: boolean }[]): readonly Life[] {
    const lives: { fromMs: number; untilMs: number; pauses: Outage[] }[] = [];
    let life = { fromMs: 0, untilMs: Infinity, pauses: new Array<Outage>() };
    let state: 'RUNNING' | 'PAUSED' | 'DOWN' = 'RUNNING';
    let sinceMs = 0;
    for (const { atMs, isCrash } of all) {
      if (state === 'PAUSED') life.pauses.push({ fromMs: sinceMs, untilMs: isCrash ? Infinity : atMs });
      if (state === 'DOWN') life = { fromMs: atMs, untilMs: Infinity, pauses: [] };
      else if (isCrash) lives.push({ ...life, untilMs: atMs });
      state = state === 'DOWN' ? 'RUNNING' : isCrash ? 'DOWN' : state === 'PAUSED' ? 'RUNNING' : 'PAUSED';
      sinceMs = atMs;
    }
    if (state === 'PAUSED') life.pauses.push({ fromMs: sinceMs, untilMs: Infinity });
    return state === 'DOWN' ? lives : [...lives, life];
  }

  /** Lindley's recursion in the time for which the host has run, life by life. */
  function expectedOf(
    lives: readonly Life[],
    work: readonly { readonly atMs: number; readonly work: number }[],
  ) {
    const told: string[] = [];
    for (const { fromMs, untilMs, pauses } of lives) {
      const runBy = (atMs: number) =>
        pauses.reduce(
          (sum, pause) => sum - Math.max(0, Math.min(atMs, pause.untilMs) - pause.fromMs),
          atMs - fromMs,
        );
      const timeAt = (runMs: number) =>
        pauses.reduce(
          (atMs, pause) => (atMs > pause.fromMs ? atMs + pause.untilMs - pause.fromMs : atMs),
          fromMs + runMs,
        );
      let freeMs = 0;
      work.forEach((each, kind) => {
        if (each.atMs < fromMs || each.atMs > untilMs) return;
        freeMs = Math.max(freeMs, runBy(each.atMs)) + SERVICE_MS * each.work;
        const atMs = timeAt(freeMs);
        if (atMs < untilMs && atMs < Infinity) told.push(`${atMs}: message ${kind}`);
      });
    }
    return told;
  }

  it('serves first come first served, for as long as the work takes it while it runs', () => {
    const property = fc.property(turns, arrivals, (planned, unsorted) => {
      const work = [...unsorted].sort((one, other) => one.atMs - other.atMs);
      const stage = new HostStage();
      const { host } = stage;
      const agenda = [
        ...work.map(({ atMs, work: services }, kind) => ({
          atMs: atMs - LATENCY_MS,
          act: () => stage.send(kind, services),
        })),
        ...planned.map(({ atMs, isCrash }) => ({
          atMs,
          act: () => {
            if (!host.isUp) host.restart();
            else if (isCrash) host.crash('LOST');
            else if (host.isPaused) host.resume();
            else host.pause();
          },
        })),
      ].sort((one, other) => one.atMs - other.atMs);
      for (const { atMs, act } of agenda) {
        stage.playUntil(atMs);
        act();
      }
      const served = stage.playUntil().filter((line) => line.includes('message'));
      expect(served).toEqual(expectedOf(livesOf(planned), work));
    });
    fc.assert(property, { numRuns: 500, seed: 1 });
  });
});
