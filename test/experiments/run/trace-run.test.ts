import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startRun } from '../../../src/experiments/run/start-run';
import { traceRun, type RunTrace, type TraceInput } from '../../../src/experiments/run/trace-run';
import { eventsOfOperation, timeOf, type MessageTrace, type TraceEvent } from '../../../src/model/trace';
import { about, exactly, specOf, type Scene } from '../../engine/scene';
import { written } from '../../support/trace-notation';

/** A leader and two followers, one write at 0, and a follower that is down when it comes. */
const TINY: Scene = {
  datacenters: { a: 1, b: 2 },
  links: [{ between: ['a', 'b'], latency: exactly(10) }],
  serviceTime: exactly(1),
  fsync: exactly(2),
  workload: {
    durationMs: 100,
    readShare: 0,
    keys: { count: 1, distribution: { uniform: { firstKey: 0 } } },
    clients: [
      { datacenter: 'a', sessions: 1, ratePerSecond: 5, arrivals: { constant: { phase: 'ALIGNED' } } },
    ],
  },
  faults: [{ crash: { node: 'b-2', atMs: 5, restartAfterMs: 30 } }],
};

const LIVELY: Scene = {
  datacenters: { a: 1, b: 2 },
  links: [{ between: ['a', 'b'], latency: about(15), loss: 0.05, duplication: 0.05 }],
  serviceTime: about(6),
  fsync: about(2),
  reads: 'ANY_FOLLOWER',
  workload: {
    durationMs: 600,
    warmupMs: 50,
    clients: ['a', 'b'].map((datacenter) => ({ datacenter, sessions: 10, ratePerSecond: 150 })),
    timeoutMs: 200,
  },
  faults: [
    { crash: { node: 'b-1', atMs: 100, restartAfterMs: 100 } },
    { pause: { node: 'b-2', atMs: 150, durationMs: 100 } },
    { crash: { node: 'a-1', atMs: 300, restartAfterMs: 50 } },
  ],
};

const ALL = { fromMs: -Infinity, toMs: Infinity };

function traceOf(scene: Scene, window: Partial<TraceInput> = ALL): RunTrace {
  return traceRun({ spec: specOf(scene), seed: 1n, repetition: 0, ...ALL, ...window });
}

function hashOf(scene: Scene, seed = 1n): string {
  const run = startRun({ spec: specOf(scene), seed, repetition: 0 });
  run.advance(Infinity);
  return run.finish().summary.runHash;
}

const messagesIn = (events: readonly TraceEvent[]) =>
  events.filter((event): event is MessageTrace => event.type === 'MESSAGE');

/** From its sending until its receiver has acted on it, as far as it got. */
function stayOf({ sentAtMs, handledAtMs, lostAtMs, deliveredAtMs }: MessageTrace): readonly [number, number] {
  return [sentAtMs, handledAtMs ?? lostAtMs ?? deliveredAtMs ?? Infinity];
}

describe('a trace', () => {
  it('tells the way of a write to a follower that is up and to one that is not', () => {
    expect(written(traceOf(TINY))).toEqual([
      '0 a-1 leads in epoch 1',
      '0 operation 0: WRITE key 0 by session 0',
      '0 #0 WRITE client 0 -> a-1 (operation 0): delivered 0, handled 2',
      '0 a-1: HEARTBEAT_DUE rings',
      '1 #1 HEARTBEAT a-1 -> b-1 (position 0): delivered 11, handled 11',
      '1 #2 HEARTBEAT a-1 -> b-2 (position 0): lost 11 RECEIVER_DOWN',
      '4 a-1 has flushed 1',
      '4 a-1 commits operation 0 as 1.1',
      '4 #3 ANSWER a-1 -> client 0 (operation 0, 1.1): delivered 4, handled 4',
      '4 #4 APPEND a-1 -> b-1 (operation 0, 1.1): delivered 14, handled 14',
      '4 #5 APPEND a-1 -> b-2 (operation 0, 1.1): lost 14 CONNECTION_BROKEN',
      '4 operation 0: OK 1.1',
      '5 CRASH b-2',
      '11 #6 FLUSHED b-1 -> a-1 (position 0): delivered 21, handled 21',
      '16 b-1 has flushed 1',
      '16 #7 FLUSHED b-1 -> a-1 (position 1): delivered 26, handled 26',
      '17 b-1 applies operation 0',
      '35 RESTART b-2',
      '35 b-2: REPLICATION CATCHING_UP',
      '36 #8 CONNECT b-2 -> a-1 (position 0): delivered 46, handled 46',
      '46 a-1: STANDBY b-2 CLOSED',
      '46 a-1: STANDBY b-2 CATCH_UP',
      '46 #9 ENTRIES a-1 -> b-2 (operation 0, position 1, 1 entries): delivered 56, handled 56',
      '46 a-1: STANDBY b-2 STREAMING',
      '58 b-2 has flushed 1',
      '58 #10 FLUSHED b-2 -> a-1 (position 1): delivered 68, handled 68',
      '59 b-2 applies operation 0',
      '59 b-2: REPLICATION CAUGHT_UP',
      '59 CAUGHT_UP b-2',
      '59 RECOVERED',
      '100 CLIENTS_STOPPED',
      '100 SETTLED',
    ]);
  });

  it('leads from an operation to its messages, commit and applies', () => {
    const trace = traceOf(TINY);
    const told = eventsOfOperation(trace, 0).map((event) =>
      event.type === 'MESSAGE' ? event.name : event.type,
    );
    expect(told).toEqual([
      'OPERATION_INVOKED',
      'WRITE',
      'COMMIT',
      'ANSWER',
      'APPEND',
      'APPEND',
      'OPERATION_ENDED',
      'APPLY',
      'ENTRIES',
      'APPLY',
    ]);
  });

  it('is of the very run that it repeats', () => {
    for (const scene of [TINY, LIVELY]) expect(traceOf(scene).runHash).toBe(hashOf(scene));
  });

  it('has no hash if the run was left before its end', () => {
    expect(traceOf(LIVELY, { fromMs: 100, toMs: 120 }).runHash).toBeNull();
  });

  it('shows every message of the run, as many as the run counts: requests and streams come once, whatever the links do', () => {
    const run = startRun({ spec: specOf(LIVELY), seed: 1n, repetition: 0 });
    run.advance(Infinity);
    const messages = messagesIn(traceOf(LIVELY).events);
    expect(messages.length).toBe(run.finish().summary.cost.messages);
    expect(messages.every(({ copyOf }) => copyOf === null)).toBe(true);
  });

  it('meets losses, segments that wait, a queue that a crash takes, and every state of a standby', () => {
    const { events } = traceOf(LIVELY);
    const messages = messagesIn(events);
    expect(new Set(messages.map(({ lostFor }) => lostFor))).toEqual(
      new Set([null, 'LOSS', 'SENDER_CRASHED', 'CONNECTION_BROKEN', 'RECEIVER_DOWN']),
    );
    expect(messages.some(({ heldFor }) => heldFor === 'LOSS')).toBe(true);
    expect(messages.some(({ heldFor }) => heldFor === 'BEHIND_ANOTHER')).toBe(true);
    expect(
      messages.some(({ deliveredAtMs, handledAtMs }) => deliveredAtMs !== null && handledAtMs === null),
    ).toBe(true);
    const states = events.flatMap((event) => (event.type === 'STATE' ? [String(event.value)] : []));
    expect(new Set(states)).toEqual(
      new Set(['CLOSED', 'CATCH_UP', 'STREAMING', 'CATCHING_UP', 'CAUGHT_UP', 'LEADING']),
    );
    const faults = events.flatMap((event) => (event.type === 'FAULT' ? [event.kind] : []));
    expect(new Set(faults)).toEqual(new Set(['CRASH', 'RESTART', 'PAUSE', 'RESUME', 'CAUGHT_UP']));
  });

  it('names the entries of a batch by their operations', () => {
    const batches = messagesIn(traceOf(LIVELY).events).filter(({ name }) => name === 'ENTRIES');
    expect(batches.some(({ operations }) => operations.length > 1)).toBe(true);
    expect(batches.every(({ operations, entries }) => operations.length === entries)).toBe(true);
  });

  it('delivers nothing before it was sent, and each message once, unless it is lost or under way at the end', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1000n }), fc.integer({ min: -50, max: 700 }), (seed, toMs) => {
        const messages = messagesIn(traceOf(LIVELY, { seed, toMs: toMs + 0.5 }).events);
        for (const message of messages) {
          const { sentAtMs, deliveredAtMs, lostAtMs, handledAtMs, dueAtMs, heldAtMs } = message;
          const isUnderWay = deliveredAtMs === null && lostAtMs === null;
          expect(deliveredAtMs === null || lostAtMs === null).toBe(true);
          expect(isUnderWay).toBe(dueAtMs !== null || (heldAtMs !== null && isUnderWay));
          if (dueAtMs !== null) expect(dueAtMs).toBeGreaterThanOrEqual(toMs + 0.5);
          for (const atMs of [deliveredAtMs, lostAtMs])
            if (atMs !== null) expect(atMs).toBeGreaterThanOrEqual(sentAtMs);
          if (handledAtMs !== null) expect(handledAtMs).toBeGreaterThanOrEqual(deliveredAtMs ?? Infinity);
        }
        expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});

describe('a window of a trace', () => {
  const whole = traceOf(LIVELY);

  it('holds what the whole trace holds of that time, and what was under way at its borders', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -60, max: 800 }),
        fc.integer({ min: 1, max: 200 }),
        (fromMs, lengthMs) => {
          const toMs = fromMs + lengthMs;
          const { events } = traceOf(LIVELY, { fromMs, toMs });
          const expected = whole.events.filter((event) => {
            const [beganMs, endedMs] =
              event.type === 'MESSAGE' ? stayOf(event) : [timeOf(event), timeOf(event)];
            // A message that a crash took from its node's queue was there until the crash.
            if (event.type === 'MESSAGE' && event.deliveredAtMs !== null && event.handledAtMs === null)
              return false;
            return beganMs < toMs && endedMs >= fromMs;
          });
          const taken = (event: TraceEvent) => event.type !== 'MESSAGE' || !isTaken.has(event.id);
          expect(events.filter(taken).map(keyOf)).toEqual(expected.map(keyOf));
        },
      ),
      { numRuns: 60, seed: 2 },
    );
  });

  const isTaken = new Set(
    messagesIn(whole.events)
      .filter(({ deliveredAtMs, handledAtMs }) => deliveredAtMs !== null && handledAtMs === null)
      .map(({ id }) => id),
  );
  const keyOf = (event: TraceEvent) =>
    event.type === 'MESSAGE' ? `message ${event.id}` : JSON.stringify(event);

  it('tells nothing of its end or later, but when a message is due', () => {
    const { events } = traceOf(LIVELY, { fromMs: 90, toMs: 110 });
    for (const event of events) {
      const times = Object.entries(event).filter(([name]) => name.endsWith('AtMs') && name !== 'dueAtMs');
      for (const [, atMs] of times) expect(Number(atMs ?? 0)).toBeLessThan(110);
    }
  });

  it('is empty before the run begins and after it ends', () => {
    expect(traceOf(LIVELY, { fromMs: -100, toMs: -60 }).events).toEqual([]);
    expect(traceOf(LIVELY, { fromMs: 99_000, toMs: 99_001 }).events).toEqual([]);
  });

  it('ends early at its limit, and tells until when it is complete', () => {
    const { events, truncatedAtMs } = traceOf(LIVELY, { fromMs: 80, eventsMax: 100 });
    expect(events.length).toBe(100);
    const complete = (event: TraceEvent) => timeOf(event) < (truncatedAtMs ?? NaN);
    const same = traceOf(LIVELY, { fromMs: 80, toMs: truncatedAtMs ?? NaN });
    expect(same.truncatedAtMs).toBeNull();
    expect(events.filter(complete).map(keyOf)).toEqual(same.events.map(keyOf));
  });

  it('is not truncated by a limit that it just reaches', () => {
    const { events } = traceOf(TINY);
    expect(traceOf(TINY, { eventsMax: events.length }).truncatedAtMs).toBeNull();
    expect(traceOf(TINY, { eventsMax: events.length - 1 }).truncatedAtMs).not.toBeNull();
  });

  it('that ends before it begins is refused', () => {
    expect(() => traceOf(TINY, { fromMs: 5, toMs: 5 })).toThrow('ends after it begins');
  });
});
