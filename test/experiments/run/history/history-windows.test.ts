import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OPERATIONS_KEPT_MAX } from '../../../../src/experiments/run/history/history-rows';
import { ANOMALY_KINDS, type AnomalyKind } from '../../../../src/model/anomaly';
import type { ObservedOperation } from '../../../../src/model/observer';
import { operation, Telling } from './told-operations';

const SESSIONS = 10;
const OPERATIONS = OPERATIONS_KEPT_MAX + 5000;

/** An anomaly shows after an operation was sent, and had begun so long before. */
interface Showing {
  readonly kind: AnomalyKind;
  readonly after: number;
  readonly lastedMs: number;
  /** How long after it showed it is told. */
  readonly lateMs: number;
}

const showing: fc.Arbitrary<Showing> = fc.record({
  kind: fc.constantFrom(...ANOMALY_KINDS),
  after: fc.nat({ max: OPERATIONS - 1 }),
  lastedMs: fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 5000 }), fc.nat({ max: OPERATIONS })),
  lateMs: fc.oneof(fc.constant(0), fc.nat({ max: 60 }), fc.nat({ max: 100_000 })),
});

interface Course {
  /** Of the operations, in turns. */
  readonly durationsMs: readonly number[];
  /** How many items each operation reads, in turns. */
  readonly items: readonly number[];
}

const course: fc.Arbitrary<Course> = fc.record({
  durationsMs: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 17 }),
  items: fc.oneof(fc.constant([0]), fc.array(fc.constantFrom(0, 1, 100), { minLength: 1, maxLength: 7 })),
});

/** A run longer than what is remembered, of sessions that take turns. */
class LongRun {
  readonly telling = new Telling();
  readonly ended: ObservedOperation[] = [];
  private readonly open = new Map<number, ObservedOperation>();
  private nowMs = 0;

  constructor(private readonly course: Course) {}

  play(showings: readonly Showing[]): this {
    for (let id = 0; id < OPERATIONS; id++) {
      this.send(id);
      for (const { kind, after, lastedMs, lateMs } of showings) {
        const atMs = Math.max(0, this.nowMs - lateMs);
        if (after === id) this.telling.recorder.showed(kind, Math.max(0, atMs - lastedMs), atMs);
      }
    }
    this.endUntil(Infinity);
    return this;
  }

  private send(id: number): void {
    const { durationsMs, items } = this.course;
    const session = id % SESSIONS;
    this.nowMs = Math.max(this.nowMs + 1, this.open.get(session)?.completedAtMs ?? 0);
    this.endUntil(this.nowMs);
    const times = { arrivedAtMs: this.nowMs, invokedAtMs: this.nowMs };
    const completedAtMs = this.nowMs + durationsMs[id % durationsMs.length];
    const value = ITEMS.slice(0, items[id % items.length]);
    const read = operation({ id, kind: 'READ', session, place: session, ...times, completedAtMs, value });
    this.telling.sent(read);
    this.open.set(session, read);
  }

  private endUntil(nowMs: number): void {
    const due = [...this.open.values()].filter(({ completedAtMs }) => completedAtMs <= nowMs);
    due.sort((one, other) => one.completedAtMs - other.completedAtMs || one.id - other.id);
    for (const read of due) {
      this.open.delete(read.session);
      this.telling.ended(read);
      this.ended.push(read);
    }
  }
}

const ITEMS = [...Array(100).keys()];

describe('the windows of a long run', () => {
  it('hold every operation that ended in them, whatever showed and when', () => {
    fc.assert(
      fc.property(course, fc.array(showing, { maxLength: 20 }), (drawn, showings) => {
        const { telling, ended } = new LongRun(drawn).play(showings);
        const kept = telling.kept();
        const ids = new Set(kept);
        const { windows, operations } = telling.description();
        expect([kept.length, operations]).toEqual([ids.size, ids.size]);
        for (const { fromMs, toMs } of windows) {
          expect(fromMs).toBeLessThanOrEqual(toMs);
          const inside = ended.filter(({ completedAtMs: at }) => at > fromMs && at < toMs);
          expect(inside.filter(({ id }) => !ids.has(id))).toEqual([]);
        }
      }),
      { numRuns: 15 },
    );
  });
});
