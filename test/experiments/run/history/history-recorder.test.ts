import { describe, expect, it } from '@jest/globals';
import { OPERATIONS_KEPT_MAX } from '../../../../src/experiments/run/history/history-rows';
import {
  OPERATIONS_AFTER_MAX,
  OPERATIONS_AT_START_MAX,
  OPERATIONS_BEFORE_MAX,
} from '../../../../src/experiments/run/history/history-windows';
import { NEVER_SENT } from '../../../../src/model/observer';
import { BEGAN_AT_MS, operation, Telling } from './told-operations';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** So many operations that the first are forgotten. */
const LONG = 2 * OPERATIONS_KEPT_MAX;

describe('the history of a run that is not long', () => {
  it('is whole, and says so', () => {
    const telling = new Telling().many(0, OPERATIONS_KEPT_MAX);
    expect(telling.description()).toEqual({
      recording: 'WHOLE',
      operations: OPERATIONS_KEPT_MAX,
      operationsOfRun: OPERATIONS_KEPT_MAX,
      windows: [],
    });
    expect(telling.kept()).toEqual(range(0, OPERATIONS_KEPT_MAX));
  });

  it('has invocations and ends in the order in which they came, also where times tie', () => {
    const first = operation({ id: 0, session: 0, place: 0, completedAtMs: 5 });
    const second = operation({ id: 1, session: 1, place: 1, invokedAtMs: 2, completedAtMs: 5 });
    const third = operation({ id: 2, session: 1, place: 1, invokedAtMs: 5, completedAtMs: 5 });
    const telling = new Telling()
      .sent(first)
      .sent(second)
      .ended(second)
      .sent(third)
      .ended(third)
      .ended(first);
    expect(telling.events().map(({ type, operation: id }) => `${type} ${id}`)).toEqual([
      'INVOKE 0',
      'INVOKE 1',
      'OK 1',
      'INVOKE 2',
      'OK 2',
      'OK 0',
    ]);
  });

  it('leaves out what was never sent', () => {
    const telling = new Telling()
      .many(0, 2)
      .ended(operation({ id: 2, outcome: 'FAILED', place: NEVER_SENT }));
    expect(telling.kept()).toEqual([0, 1]);
  });

  it('does not matter to anomalies', () => {
    const telling = new Telling().many(0, 50);
    telling.recorder.showed('STALE_READ', 40, 50);
    telling.many(50, 100);
    expect(telling.description()).toMatchObject({ recording: 'WHOLE', operations: 100, windows: [] });
  });

  it('of which nothing is known has no operations', () => {
    const telling = new Telling();
    expect(telling.description()).toMatchObject({ recording: 'WHOLE', operations: 0 });
    expect(telling.events()).toEqual([]);
  });
});

describe('the history of a long run', () => {
  it('without an anomaly is its beginning', () => {
    const telling = new Telling().many(0, LONG);
    expect(telling.kept()).toEqual(range(0, OPERATIONS_AT_START_MAX));
    expect(telling.description()).toEqual({
      recording: 'WINDOWS',
      operations: OPERATIONS_AT_START_MAX,
      operationsOfRun: LONG,
      windows: [{ fromMs: BEGAN_AT_MS, toMs: OPERATIONS_AT_START_MAX, anomaly: null }],
    });
  });

  it('has what was under way at the end of its beginning, with its end', () => {
    const slow = operation({ id: 999_999, session: 1, place: 1, invokedAtMs: 10, completedAtMs: 3000 });
    const telling = new Telling().many(0, 11).sent(slow).many(11, 3000).ended(slow).many(3000, LONG);
    expect(telling.kept()).toEqual([...range(0, OPERATIONS_AT_START_MAX), slow.id]);
  });

  it('has what ended from a little before the anomaly began, and what was sent until a little after it showed', () => {
    const telling = new Telling().many(0, LONG);
    telling.recorder.showed('STALE_READ', LONG - 50, LONG);
    telling.many(LONG, LONG + 1000);
    expect(telling.kept().slice(OPERATIONS_AT_START_MAX)).toEqual(range(LONG - 60, LONG + 11));
    expect(telling.description().windows).toContainEqual({
      fromMs: LONG - 60,
      toMs: LONG + 10,
      anomaly: 'STALE_READ',
    });
  });

  it('has the window of an anomaly that showed before the run was known to be long', () => {
    const telling = new Telling().many(0, 5000);
    telling.recorder.showed('LOST_WRITE', 4990, 5000);
    telling.many(5000, LONG);
    expect(telling.kept()).toEqual([...range(0, OPERATIONS_AT_START_MAX), ...range(4980, 5011)]);
  });

  it('waits for what is under way at the end of a window', () => {
    const slow = operation({
      id: 999_999,
      session: 1,
      place: 1,
      invokedAtMs: LONG,
      completedAtMs: LONG + 900,
    });
    const telling = new Telling().many(0, LONG).sent(slow);
    telling.recorder.showed('STALE_READ', LONG - 1, LONG);
    telling
      .many(LONG, LONG + 900)
      .ended(slow)
      .many(LONG + 900, LONG + 1000);
    expect(telling.kept().at(-1)).toBe(slow.id);
    expect(telling.kept()).not.toContain(LONG + 800);
  });

  it('has two windows of each kind of anomaly, the first', () => {
    const telling = new Telling().many(0, LONG);
    for (const atMs of [LONG, LONG + 100, LONG + 200]) {
      telling.recorder.showed('STALE_READ', atMs, atMs);
      telling.recorder.showed('MONOTONIC_READS', atMs, atMs);
      telling.many(atMs, atMs + 100);
    }
    expect(telling.description().windows.map(({ anomaly, fromMs }) => [anomaly, fromMs])).toEqual([
      [null, BEGAN_AT_MS],
      ['STALE_READ', LONG - 10],
      ['MONOTONIC_READS', LONG - 10],
      ['STALE_READ', LONG + 90],
      ['MONOTONIC_READS', LONG + 90],
    ]);
  });

  it('has an operation once, in however many windows it is', () => {
    const telling = new Telling().many(0, LONG);
    telling.recorder.showed('STALE_READ', LONG - 50, LONG);
    telling.recorder.showed('MONOTONIC_READS', LONG - 60, LONG);
    telling.many(LONG, LONG + 100);
    expect(telling.kept().slice(OPERATIONS_AT_START_MAX)).toEqual(range(LONG - 70, LONG + 11));
  });

  it('has of a window that is too large its beginning and its end', () => {
    const telling = new Telling().many(0, LONG);
    const half = OPERATIONS_BEFORE_MAX / 2;
    telling.recorder.showed('LOST_WRITE', LONG - 10_000, LONG);
    const [first, last] = [LONG - 10_010, LONG - half];
    expect(telling.kept().slice(OPERATIONS_AT_START_MAX)).toEqual([
      ...range(first, first + half),
      ...range(last, LONG),
    ]);
    expect(telling.description().windows.slice(1)).toEqual([
      { fromMs: first, toMs: first + half + 1, anomaly: 'LOST_WRITE' },
      { fromMs: last, toMs: LONG + 10, anomaly: 'LOST_WRITE' },
    ]);
  });

  it('begins a window where its memory begins, if the anomaly began before', () => {
    const telling = new Telling().many(0, LONG);
    telling.recorder.showed('LOST_WRITE', 5, LONG);
    expect(telling.description().windows[1]?.fromMs).toBe(LONG - OPERATIONS_KEPT_MAX + 1);
  });

  it('ends a window early in which too much happens', () => {
    const telling = new Telling().many(0, LONG);
    telling.recorder.showed('STALE_READ', LONG, LONG);
    telling.many(LONG, LONG + 2000, { invokedAtMs: LONG, completedAtMs: LONG + 1 });
    expect(telling.description()).toMatchObject({
      operations: OPERATIONS_AT_START_MAX + 10 + OPERATIONS_AFTER_MAX,
      windows: [{ anomaly: null }, { toMs: LONG + 1 }],
    });
  });
});

describe('what is kept', () => {
  it('is bounded, however many anomalies show and however much is read', () => {
    const items = range(0, 5000);
    const telling = new Telling();
    for (const [index, kind] of (['STALE_READ', 'CONFLICT', 'DIRTY_READ', 'LOST_WRITE'] as const).entries()) {
      telling.many(index * 30, (index + 1) * 30, { kind: 'READ', value: items });
      telling.recorder.showed(kind, 0, (index + 1) * 30);
    }
    expect(telling.recorder.history().bytes.length).toBeLessThan(1_000_000);
    expect(telling.description().operations).toBeLessThanOrEqual(200_000 / items.length);
  });

  it('has no value for a set of too many items', () => {
    const telling = new Telling().many(0, 1, { kind: 'READ', value: range(0, 150_000) });
    expect(telling.events()[1]).toMatchObject({ f: 'READ', value: null });
  });

  it.each(['WHOLE', 'WINDOWS'])('has for each end its invocation before it (%s)', (recording) => {
    const telling = new Telling();
    const slow = operation({ id: 999_999, session: 1, place: 1, invokedAtMs: 100, completedAtMs: LONG });
    telling
      .many(0, 100)
      .sent(slow)
      .many(100, recording === 'WHOLE' ? 1000 : LONG - 20);
    telling.recorder.showed('STALE_READ', LONG - 20, LONG - 10);
    telling.many(LONG - 20, LONG).ended(slow);
    expect(telling.description().recording).toBe(recording);
    const open = new Set<number>();
    for (const { type, operation: id } of telling.events())
      if (type === 'INVOKE') open.add(id);
      else expect(open.delete(id)).toBe(true);
    expect([...open]).toEqual([]);
  });
});
