import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { OperationLog } from '../../../src/checkers/session-guarantees/operation-log';
import type { Operation } from '../../../src/model/operation';

const KEYS = 4;
const SESSIONS = 3;

function writeOf(id: number, pair: number): Operation {
  return {
    id,
    kind: 'WRITE',
    session: Math.floor(pair / KEYS),
    client: 0,
    key: pair % KEYS,
    arrivedAtMs: id,
    invokedAtMs: id + 0.25,
    completedAtMs: id + 0.5,
    outcome: 'OK',
    version: { epoch: 1, lsn: id + 1 },
    node: 2,
  };
}

describe('the log of the operations that a witness may ask for', () => {
  it.each([1, 4, 16, 128])('gives the newest of every pair, with room for %d rows', (rowsMax) => {
    const pairs = fc.array(fc.nat({ max: KEYS * SESSIONS - 1 }), { maxLength: 100, size: 'max' });
    fc.assert(
      fc.property(pairs, (chosen) => {
        const newest = new Map<number, Operation>();
        const newestVersion = (pair: number) => 2 ** 32 + (newest.get(pair)?.version?.lsn ?? 0);
        const log = new OperationLog({ kind: 'WRITE', keys: KEYS, newestVersion, rowsMax });
        chosen.forEach((pair, id) => {
          newest.set(pair, writeOf(id, pair));
          log.add(writeOf(id, pair), pair);
        });
        for (const [pair, operation] of newest) expect(log.newest(pair)).toEqual(operation);
      }),
      { numRuns: 100 },
    );
  });
});
