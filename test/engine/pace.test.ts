import { describe, expect, it } from '@jest/globals';
import { Distribution } from '../../src/engine/distribution';
import { ClosedLoop } from '../../src/engine/pace';
import { RandomStreams } from '../../src/engine/random-streams';
import type { Operation } from '../../src/model/operation';
import type { ClientGroupSpec } from '../../src/model/spec/workload';
import { about, exactly, play, type Scene } from './scene';
import { kolmogorovSmirnov, KOLMOGOROV_AT_0_1_PERCENT } from './statistics';

const streams = new RandomStreams(3n);
const THINKING = { uniform: { minMs: 3, maxMs: 5 } };

/** Two sessions that think for 3 to 5 ms and wait for answers, to a leader 10 ms away. */
const thinkers: ClientGroupSpec = {
  datacenter: 'a',
  sessions: 2,
  ratePerSecond: null,
  arrivals: { closedLoop: { thinkTime: THINKING } },
};

function loop(thinkTime: ClientGroupSpec['arrivals'], serviceMs: number): Scene {
  return { serviceTime: exactly(serviceMs), workload: { clients: [{ ...thinkers, arrivals: thinkTime }] } };
}

const ofSession = (operations: readonly Operation[], session: number) =>
  operations.filter((operation) => operation.session === session);

/** From the end of each operation, at first the start, to the next arrival. */
const thoughtsOf = (operations: readonly Operation[]) =>
  operations.map(
    ({ arrivedAtMs }, index) => arrivedAtMs - (index === 0 ? 0 : operations[index - 1].completedAtMs),
  );

describe('ClosedLoop', () => {
  it('lets a session wait for a think time of its law', () => {
    const pace = new ClosedLoop(Distribution.of(THINKING), 1, (place) =>
      streams.stream({ purpose: 'test', entity: String(place) }),
    );
    const thoughts = Array.from({ length: 5000 }, (_, nowMs) => pace.nextMs(0, nowMs) - nowMs);
    const law = (ms: number): number => Math.min(1, Math.max(0, (ms - 3) / 2));
    expect(kolmogorovSmirnov(thoughts, law)).toBeLessThan(KOLMOGOROV_AT_0_1_PERCENT);
  });

  it('sends the next operation a think time after the end of the one before', () => {
    const { ended } = play(loop({ closedLoop: { thinkTime: exactly(4) } }, 6));
    for (const session of [0, 1]) {
      const mine = ofSession(ended, session);
      for (const [index, { arrivedAtMs, invokedAtMs }] of mine.entries()) {
        const before = index === 0 ? 0 : mine[index - 1].completedAtMs;
        expect(arrivedAtMs).toBeCloseTo(before + 4, 9);
        expect(invokedAtMs).toBe(arrivedAtMs);
      }
      expect(mine.length).toBeGreaterThan(50);
    }
  });

  it('gives each session the same thoughts, however fast it is answered', () => {
    const thoughtsUnder = (serviceMs: number) => {
      const { ended } = play(loop({ closedLoop: { thinkTime: about(4) } }, serviceMs));
      return [0, 1].map((session) => thoughtsOf(ofSession(ended, session).slice(0, 20)));
    };
    const [slow, fast] = [thoughtsUnder(9), thoughtsUnder(1)];
    for (const session of [0, 1])
      for (const [index, thought] of slow[session].entries())
        expect(fast[session][index]).toBeCloseTo(thought, 6);
  });

  it('stops with the duration', () => {
    const { ended } = play(loop({ closedLoop: { thinkTime: exactly(4) } }, 6));
    expect(Math.max(...ended.map(({ arrivedAtMs }) => arrivedAtMs))).toBeLessThan(1000);
  });
});
