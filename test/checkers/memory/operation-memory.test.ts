import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { OperationMemory } from '../../../src/checkers/memory/operation-memory';
import { copyOf, idIn, OPERATION_ROW_WIDTH, pairOf } from '../../../src/checkers/memory/operation-rows';
import type { ObservedOperation } from '../../../src/model/observer';
import { OUTCOMES } from '../../../src/model/operation';
import { numberOf } from '../../../src/model/version-number';

const KEYS = 4;
const ROOM = 128;
const RUN = { keys: KEYS, durationMs: 5 };

const operation: fc.Arbitrary<Omit<ObservedOperation, 'id'>> = fc
  .record({
    kind: fc.constantFrom('READ' as const, 'WRITE' as const),
    session: fc.nat({ max: 2 }),
    client: fc.nat({ max: 99 }),
    key: fc.nat({ max: KEYS - 1 }),
    arrivedAtMs: fc.double({ min: -10, max: 10, noNaN: true }),
    outcome: fc.constantFrom(...OUTCOMES),
    version: fc.option(fc.record({ epoch: fc.nat({ max: 2 }), lsn: fc.integer({ min: 1, max: 9 }) })),
    node: fc.option(fc.nat({ max: 999 })),
    place: fc.constantFrom(-1, 0, 5),
    writer: fc.option(fc.nat()),
  })
  .map((told) => ({
    ...told,
    invokedAtMs: told.arrivedAtMs + 0.25,
    completedAtMs: told.arrivedAtMs + 0.5,
    effect: 'SET',
    operand: 0,
    cause: null,
    value: null,
  }));

/** Numbered as they arrived; they end in another order. */
const operations = fc
  .array(operation, { maxLength: 400, size: 'max' })
  .map((list): ObservedOperation[] => list.map((told, id) => ({ ...told, id })))
  .chain((list) => fc.shuffledSubarray(list, { minLength: list.length }));

describe('the memory of operations', () => {
  it('gives back what has ended, as it was, until its room is taken', () => {
    fc.assert(
      fc.property(operations, (ended) => {
        const memory = new OperationMemory(RUN, { operations: ROOM });
        ended.forEach((told, index) => {
          memory.operationEnded(told);
          if (index % 7 !== 0 && index < ended.length - 1) return;
          ended.slice(0, index + 1).forEach((asked, place) => {
            const later = ended.slice(place + 1, index + 1);
            const isForgotten = later.length >= ROOM || later.some(({ id }) => id % ROOM === asked.id % ROOM);
            expect(memory.find(asked.id)).toEqual(isForgotten ? null : copyOf(asked));
          });
        });
      }),
      { numRuns: 20 },
    );
  });

  it('tells each that ended once, in the order in which they ended', () => {
    fc.assert(
      fc.property(operations, (ended) => {
        const memory = new OperationMemory(RUN);
        const told: number[] = [];
        memory.whenEnded(({ rows, count }) => {
          for (let row = 0; row < count; row++) told.push(idIn(rows, OPERATION_ROW_WIDTH * row));
        });
        for (const each of ended) memory.operationEnded(each);
        memory.settled();
        expect(told).toEqual(ended.map(({ id }) => id));
      }),
      { numRuns: 50 },
    );
  });

  it('finds the first of a session, key, kind and version that was answered OK and ended before another', () => {
    fc.assert(
      fc.property(operations, fc.nat({ max: 400 }), (ended, place) => {
        const memory = new OperationMemory(RUN);
        for (const each of ended) memory.operationEnded(each);
        memory.flush();
        const before = ended.slice(0, place);
        const next = ended.at(place);
        if (next === undefined) return;
        for (const { session, key, kind, version } of ended.slice(0, 5)) {
          const wanted = { pair: pairOf({ session, key }, KEYS), kind, version: numberOf(version) };
          const first = before.find(
            (other) =>
              other.outcome === 'OK' &&
              other.kind === kind &&
              pairOf(other, KEYS) === wanted.pair &&
              numberOf(other.version) === wanted.version,
          );
          expect(memory.findBefore(next.id, wanted)).toEqual(first === undefined ? null : copyOf(first));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps for good what was asked for, whether it had ended or not', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat({ max: 300 }), { maxLength: 10 }),
        fc.nat({ max: 300 }),
        (ids, asked) => {
          const memory = new OperationMemory(RUN, { operations: ROOM });
          const [told] = fc.sample(operation, { numRuns: 1, seed: 1 });
          const kept = ids.filter((id) => id >= asked - ROOM);
          for (let id = 0; id <= 300; id++) {
            if (id === asked) for (const each of ids) memory.keep(each);
            memory.operationEnded({ ...told, id });
          }
          for (const id of kept) expect(memory.find(id)).toEqual(copyOf({ ...told, id }));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('keeps versions that have no numbers beside the rows', () => {
    const memory = new OperationMemory({ ...RUN, versionOrder: 'PARTIAL' }, { operations: ROOM });
    const [told] = fc.sample(operation, { numRuns: 1, seed: 1 });
    const vector = [2, 1];
    for (let id = 0; id < 200; id++)
      memory.operationEnded({ ...told, id, version: id % 2 === 0 ? { vector } : null });
    vector[0] = 9;
    expect(memory.find(198)?.version).toEqual({ vector: [2, 1] });
    expect(memory.find(199)?.version).toBeNull();
    expect(memory.find(2)).toBeNull();
  });
});
