import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FaultSpec } from '../../src/model/spec/fault';
import { faultTimeline } from '../../src/engine/fault-timeline';

const crash = (atMs: number, restartAfterMs: number | null = null, node = 'n'): FaultSpec => ({
  crash: { node, atMs, restartAfterMs },
});
const restart = (atMs: number, node = 'n'): FaultSpec => ({ restart: { node, atMs } });

/** As `CRASH 10, RESTART 50`. */
function told(faults: readonly FaultSpec[], endMs = 1000): string {
  return faultTimeline(faults, endMs)
    .map(({ kind, atMs }) => `${kind} ${atMs}`)
    .join(', ');
}

describe('faultTimeline', () => {
  it.each([
    ['a crash lasts as long as it says', [crash(10, 40)], 'CRASH 10, RESTART 50'],
    ['a crash may last to the end', [crash(10)], 'CRASH 10'],
    [
      'faults happen in the order of time',
      [crash(60, 5), crash(10, 5)],
      'CRASH 10, RESTART 15, CRASH 60, RESTART 65',
    ],
    [
      'a crash of a node that is down does nothing, and neither does its restart',
      [crash(10, 100), crash(20, 10)],
      'CRASH 10, RESTART 110',
    ],
    ['a restart of a node that is up does nothing', [restart(5), crash(10)], 'CRASH 10'],
    ['a restart ends an outage before its time', [crash(10, 100), restart(20)], 'CRASH 10, RESTART 20'],
    [
      'the restart of an outage that is over does not end a later one',
      [crash(10, 100), restart(20), crash(50)],
      'CRASH 10, RESTART 20, CRASH 50',
    ],
    [
      'outages that touch are two',
      [crash(10, 40), crash(50, 40)],
      'CRASH 10, RESTART 50, CRASH 50, RESTART 90',
    ],
    ['a crash without duration still loses what it loses', [crash(10, 0)], 'CRASH 10, RESTART 10'],
    ['nothing is left at the end', [crash(10, 990), crash(1000), restart(1001)], 'CRASH 10'],
  ])('%s', (_, faults, expected) => {
    expect(told(faults)).toBe(expected);
  });

  it('brings a node back whose outage is too short for the resolution of the clock', () => {
    const timeline = faultTimeline([crash(500, 1e-14)], 1000);
    expect(timeline.map(({ kind, atMs }) => [kind, atMs])).toEqual([
      ['CRASH', 500],
      ['RESTART', 500],
    ]);
  });

  it('keeps the nodes apart', () => {
    const timeline = faultTimeline([crash(10, 40, 'one'), crash(20, 10, 'other')], 1000);
    expect(timeline.map(({ kind, node }) => `${kind} ${node}`)).toEqual([
      'CRASH one',
      'CRASH other',
      'RESTART other',
      'RESTART one',
    ]);
  });

  it('lets each node crash and restart in turn, whatever the schedule', () => {
    const time = fc.integer({ min: 0, max: 30 });
    const fault = fc.oneof(
      fc.tuple(time, fc.option(time)).map(([atMs, afterMs]) => crash(atMs, afterMs)),
      time.map((atMs) => restart(atMs)),
    );
    fc.assert(
      fc.property(fc.array(fault, { maxLength: 12 }), (faults) => {
        const timeline = faultTimeline(faults, 40);
        expect(timeline.every(({ kind }, index) => kind === (index % 2 === 0 ? 'CRASH' : 'RESTART'))).toBe(
          true,
        );
        expect(timeline.every(({ atMs }, index) => index === 0 || atMs >= timeline[index - 1].atMs)).toBe(
          true,
        );
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});
