import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LogEntry } from '../../../../src/engine/message';
import { EFFECT_CODES } from '../../../../src/model/operation';
import { ReplicationLog } from '../../../../src/protocols/single-leader/log/replication-log';

type Write = Omit<LogEntry, 'lsn'>;

const write: fc.Arbitrary<Write> = fc.record({
  epoch: fc.integer({ min: 0, max: 1 }),
  key: fc.nat(20),
  operation: fc.integer({ min: -5, max: 1e6 }),
  effect: fc.constantFrom(...Object.values(EFFECT_CODES)),
  operand: fc.integer({ min: -100, max: 100 }),
  timestampMs: fc.double({ noNaN: true, min: -10, max: 1e6 }),
  cause: fc.option(fc.record({ shard: fc.nat(3), epoch: fc.nat(3), lsn: fc.nat(30) })),
});
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('append' as const), write }) },
  fc.record({ kind: fc.constant('cut' as const), share: fc.nat(100) }),
  fc.record({ kind: fc.constant('forget' as const), share: fc.nat(100) }),
);

describe('ReplicationLog', () => {
  it('has the entries that a plain list would, whatever is appended, cut off and forgotten', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const log = new ReplicationLog();
        let kept: LogEntry[] = [];
        let epoch = 1;
        for (const one of steps) {
          if (one.kind === 'append') {
            // An epoch rises or stays.
            epoch = Math.max(epoch + one.write.epoch, log.epochAt(log.end));
            kept.push({ ...one.write, epoch, lsn: log.append({ ...one.write, epoch }) });
            continue;
          }
          const place = log.first - 1 + Math.round((one.share / 100) * log.length);
          if (one.kind === 'cut') log.truncateAfter(place);
          else log.forgetThrough(place);
          kept = kept.filter(({ lsn }) => (one.kind === 'cut' ? lsn <= place : lsn > place));
        }
        expect(log.length).toBe(kept.length);
        expect(log.between(log.first - 1, log.end)).toEqual(kept);
        for (const entry of kept) expect(log.includes(entry, log.end)).toBe(true);
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it('includes a write up to where it is asked, also one that it has forgotten, and none of another epoch', () => {
    const log = new ReplicationLog();
    for (const epoch of [1, 1, 3, 3])
      log.append({ epoch, key: 0, operation: 0, effect: 0, operand: 0, timestampMs: 0, cause: null });
    log.forgetThrough(3);
    expect(log.includes({ epoch: 1, lsn: 2 }, 4)).toBe(true);
    expect(log.includes({ epoch: 3, lsn: 3 }, 4)).toBe(true);
    expect(log.includes({ epoch: 3, lsn: 4 }, 3)).toBe(false);
    expect(log.includes({ epoch: 2, lsn: 3 }, 4)).toBe(false);
    expect(log.includes({ epoch: 3, lsn: 5 }, 4)).toBe(false);
  });
});
