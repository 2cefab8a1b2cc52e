import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Timer } from '../../src/engine/timer';
import { HostStage } from '../support/host-stage';

describe('the alarms of a host', () => {
  let stage: HostStage;

  beforeEach(() => {
    stage = new HostStage();
  });

  it('keep the world from its rest, but for those of background timers', () => {
    stage.host.setTimer(stage.host.createBackgroundTimer(1), 10);
    expect(stage.queue.isQuiet).toBe(true);
    stage.host.setTimer(stage.host.createTimer(2), 20);
    expect(stage.queue.isQuiet).toBe(false);
    expect(stage.playUntil()).toEqual(['10: timer 1', '20: timer 2']);
    expect(stage.queue.isQuiet).toBe(true);
  });

  it('are nothing to wait for once they are cancelled, or void after a crash', () => {
    const [cancelled, silenced] = [stage.host.createTimer(1), stage.host.createTimer(2)];
    for (const timer of [cancelled, silenced]) stage.host.setTimer(timer, 10);
    cancelled.cancel();
    expect(stage.queue.isQuiet).toBe(false);
    stage.host.crash('LOST');
    expect(stage.queue.isQuiet).toBe(true);
    silenced.cancel();
    expect(stage.queue.abandoned).toBe(2);
    stage.playUntil();
    expect(stage.queue.abandoned).toBe(0);
  });

  it('are forgotten with the future', () => {
    const timer = stage.host.createTimer(1);
    stage.host.setTimer(timer, 10);
    stage.queue.clear();
    stage.host.setTimer(timer, 20);
    expect([stage.queue.size, stage.queue.abandoned]).toEqual([1, 0]);
    expect(stage.playUntil()).toEqual(['20: timer 1']);
  });
});

const TIMERS = 6;
const timer = fc.nat({ max: TIMERS - 1 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ act: fc.constant('set' as const), timer, delayMs: fc.nat({ max: 30 }) }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('cancel' as const), timer }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.nat({ max: 20 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constantFrom('pause', 'resume', 'crash', 'restart', 'clear') }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

/** Shares no moment with a whole number of milliseconds in so short a story. */
const BEAT_MS = 6.371;

/** What is in the queue according to somebody who keeps a list of it. */
class Story {
  readonly stage = new HostStage();
  private readonly timers: readonly Timer[];
  private alarms: { readonly timer: number; readonly dueMs: number; isWanted: boolean }[] = [];
  private condition: 'UP' | 'PAUSED' | 'DOWN' = 'UP';

  constructor() {
    const { host, diary } = this.stage;
    this.timers = Array.from({ length: TIMERS }, (_, index) =>
      this.isBackground(index) ? host.createBackgroundTimer(index) : host.createTimer(index),
    );
    diary.onTimer = ({ kind }) => this.onTimer(kind);
  }

  get size(): number {
    return this.alarms.length;
  }

  /** Alarms that nobody wants, or that nobody waits for. */
  get abandoned(): number {
    return this.alarms.filter(({ timer: index, isWanted }) => !isWanted || this.isBackground(index)).length;
  }

  play(step: Step): void {
    const { queue } = this.stage;
    if (step.act === 'wait') this.wait(step.ms);
    else if (step.act === 'clear') {
      queue.clear();
      this.alarms = [];
    } else if (!('timer' in step)) this.turn(step.act);
    else if (this.condition !== 'UP') return;
    else if (step.act === 'set') this.set(step.timer, step.delayMs);
    else this.cancel(step.timer);
  }

  private isBackground(index: number): boolean {
    return index % 2 === 1;
  }

  /** The first pair goes on for ever; of the second pair, whoever rings silences somebody; the third rings once. */
  private onTimer(kind: number): void {
    if (kind < 2) this.set(kind, BEAT_MS);
    else if (kind < 4) this.cancel(kind - 2);
  }

  private set(index: number, delayMs: number): void {
    const { host, queue } = this.stage;
    host.setTimer(this.timers[index], delayMs);
    this.forgo(index);
    this.alarms.push({ timer: index, dueMs: queue.now + delayMs, isWanted: true });
  }

  private cancel(index: number): void {
    this.timers[index].cancel();
    this.forgo(index);
  }

  private forgo(index: number): void {
    for (const alarm of this.alarms) if (alarm.timer === index) alarm.isWanted = false;
  }

  private wait(ms: number): void {
    const endMs = this.stage.queue.now + ms;
    this.stage.playUntil(endMs);
    this.alarms = this.alarms.filter(({ dueMs }) => dueMs > endMs);
  }

  private turn(act: string): void {
    const { host } = this.stage;
    if (act === 'pause' && this.condition === 'UP') {
      this.condition = 'PAUSED';
      host.pause();
    } else if (act === 'resume' && this.condition === 'PAUSED') {
      this.condition = 'UP';
      host.resume();
    } else if (act === 'crash' && this.condition !== 'DOWN') {
      this.condition = 'DOWN';
      host.crash('LOST');
      for (let index = 0; index < TIMERS; index++) this.forgo(index);
    } else if (act === 'restart' && this.condition === 'DOWN') {
      this.condition = 'UP';
      host.restart();
    }
  }
}

describe('the queue, whatever is set and cancelled, and whenever the host stands still or crashes', () => {
  it('knows at every moment how many alarms nobody waits for', () => {
    const property = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const story = new Story();
      for (const each of steps) {
        story.play(each);
        const { queue } = story.stage;
        expect([queue.size, queue.abandoned]).toEqual([story.size, story.abandoned]);
        expect(queue.isQuiet).toBe(story.size === story.abandoned);
      }
    });
    fc.assert(property, { numRuns: 1000, seed: 1 });
  });
});
