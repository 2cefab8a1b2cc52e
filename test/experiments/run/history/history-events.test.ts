import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { historyEvents } from '../../../../src/experiments/run/history/history-events';
import type { HistoryEvent } from '../../../../src/model/history';
import type { ObservedOperation } from '../../../../src/model/observer';
import { EFFECTS, OUTCOMES } from '../../../../src/model/operation';
import type { Version } from '../../../../src/model/version';
import { SAMPLE_SPEC } from '../../../support/sample-spec';
import { operation, specWith, Telling } from './told-operations';

const COUNTERS = specWith({ counter: { increment: { min: -5, max: 5 } } });
const CARTS = specWith({ cart: { items: 10, removeShare: 0.5 } });

function linesOf(changes: Partial<ObservedOperation>, spec = SAMPLE_SPEC): readonly HistoryEvent[] {
  return new Telling().whole(operation({ id: 5, ...changes })).events(spec);
}

const end = (...told: Parameters<typeof linesOf>): HistoryEvent | undefined => linesOf(...told)[1];

describe('a line', () => {
  it('of an invocation tells who asked for what, and when', () => {
    const [invocation] = linesOf({
      session: 3,
      key: 7,
      arrivedAtMs: 1.25,
      invokedAtMs: 1.5,
      completedAtMs: 2,
    });
    expect(invocation).toEqual({
      process: 3,
      type: 'INVOKE',
      f: 'WRITE',
      key: 'key-7',
      value: 5,
      timeMs: 1.5,
      arrivedAtMs: 1.25,
      operation: 5,
    });
  });

  it('of an end tells what came of it, of which node, with which version', () => {
    const version = { epoch: 2, lsn: 9 };
    expect(end({ session: 3, key: 7, completedAtMs: -2.000001, node: 1, version, cause: 4 })).toEqual({
      process: 3,
      type: 'OK',
      f: 'WRITE',
      key: 'key-7',
      value: 5,
      timeMs: -2.000001,
      operation: 5,
      node: 'tokyo-1',
      version,
      cause: 4,
    });
  });

  it.each([
    ['OK', 'OK'],
    ['FAILED', 'FAIL'],
    ['UNKNOWN', 'INFO'],
  ] as const)('of what ended %s says %s', (outcome, type) => {
    expect(end({ outcome, node: null })).toMatchObject({ type, node: null, version: null });
  });

  it.each([
    ['SET', 'WRITE', 5],
    ['DELETE', 'DELETE', null],
    ['INCREMENT', 'ADD', -3],
    ['ADD', 'ADD', -3],
    ['REMOVE', 'REMOVE', -3],
  ] as const)('of a %s is a %s of %s', (effect, f, value) => {
    expect(linesOf({ effect, operand: -3 })).toMatchObject([
      { f, value },
      { f, value },
    ]);
  });

  it.each([
    ['a register', SAMPLE_SPEC, 4, 4],
    ['an empty register', SAMPLE_SPEC, null, null],
    ['a counter', COUNTERS, -4, -4],
    ['a counter that was never written', COUNTERS, null, 0],
    ['a set', CARTS, [1, 4], [1, 4]],
    ['an empty set', CARTS, null, []],
  ] as const)('of a read of %s tells what it returned', (_, spec, value, shown) => {
    expect(linesOf({ kind: 'READ', value }, spec)).toMatchObject([
      { f: 'READ', value: null },
      { f: 'READ', value: shown },
    ]);
  });

  it('of a read that was not answered tells of no value', () => {
    expect(end({ kind: 'READ', value: null, outcome: 'UNKNOWN' }, COUNTERS)).toMatchObject({ value: null });
  });
});

const LOG = fc.record({ epoch: fc.nat(), lsn: fc.nat() });
const TIMESTAMP = fc.record({
  timestampMs: fc.double({ noNaN: true, noDefaultInfinity: true }).map((ms) => ms + 0),
  node: fc.nat({ max: 9 }),
  operation: fc.nat(),
});
const VECTOR = fc.record({ vector: fc.array(fc.nat(), { maxLength: 5 }) });

/** Operations of up to three sessions, with versions of one kind; ends come in the order of a draw. */
const runs = fc.constantFrom<fc.Arbitrary<Version>>(LOG, TIMESTAMP, VECTOR).chain((version) =>
  fc.array(
    fc.record({
      session: fc.nat({ max: 2 }),
      kind: fc.constantFrom('READ', 'WRITE'),
      key: fc.nat({ max: 9 }),
      effect: fc.constantFrom(...EFFECTS),
      operand: fc.integer({ min: -1000, max: 1000 }),
      cause: fc.option(fc.nat()),
      outcome: fc.constantFrom(...OUTCOMES),
      value: fc.option(fc.oneof(fc.integer(), fc.array(fc.nat({ max: 99 }), { minLength: 1 }))),
      version: fc.option(version),
      node: fc.option(fc.nat({ max: 1 })),
      passesNs: fc.nat({ max: 1_000_000_000 }),
    }),
    { maxLength: 30 },
  ),
);

describe('a history', () => {
  it('is read back as it was told, whatever the operations', () => {
    fc.assert(
      fc.property(runs, (drawn) => {
        const telling = new Telling();
        const expected: object[] = [];
        const open = new Map<number, ObservedOperation>();
        let nowMs = -100;
        const finish = (session: number): void => {
          const ended = open.get(session);
          if (ended === undefined) return;
          open.delete(session);
          telling.ended({ ...ended, completedAtMs: nowMs });
          expected.push({ operation: ended.id, end: nowMs, version: ended.version });
        };
        drawn.forEach(({ passesNs, ...what }, id) => {
          nowMs = Math.round(nowMs * 1e6 + passesNs) / 1e6;
          finish(what.session);
          const value = what.kind === 'READ' ? what.value : null;
          const cause = what.kind === 'WRITE' ? what.cause : null;
          const times = { arrivedAtMs: nowMs, invokedAtMs: nowMs };
          const sent = operation({ ...what, ...times, id, value, cause, place: what.session });
          telling.sent(sent);
          expected.push({ operation: id, sent: nowMs, cause });
          open.set(what.session, sent);
        });
        for (const session of [2, 0, 1]) finish(session);
        expect(telling.events().map(essence)).toEqual(expected);
      }),
    );
  });

  it('of other bytes is refused', () => {
    expect(() => [...historyEvents(new TextEncoder().encode('{"type":"INVOKE"}'), SAMPLE_SPEC)]).toThrow(
      'the bytes are no history',
    );
  });
});

function essence({ type, operation: id, timeMs, version, cause }: HistoryEvent): object {
  return type === 'INVOKE'
    ? { operation: id, sent: timeMs, cause: cause ?? null }
    : { operation: id, end: timeMs, version };
}
