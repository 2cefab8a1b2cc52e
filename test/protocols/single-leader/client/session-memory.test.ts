import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SessionMemory } from '../../../../src/protocols/single-leader/client/session-memory';

const SESSIONS = 3;
const SHARDS = 2;

const event = fc.record({
  session: fc.nat(SESSIONS - 1),
  shard: fc.nat(SHARDS - 1),
  epoch: fc.integer({ min: 1, max: 3 }),
  lsn: fc.integer({ min: 1, max: 9 }),
  timestampMs: fc.integer({ min: -5, max: 5 }),
});

describe('SessionMemory', () => {
  it('has nothing to show before a session has seen anything', () => {
    const memory = new SessionMemory(SESSIONS, SHARDS);
    expect(memory.tokenOf(2, 1)).toEqual({ epoch: 0, lsn: 0, timestampMs: -Infinity });
    expect(memory.lastWriteMs(2)).toBe(-Infinity);
    expect(memory.versionOf(2, -1)).toBeNull();
  });

  it('keeps of each session and shard the newest place in the log, and the newest time, each for itself', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const memory = new SessionMemory(SESSIONS, SHARDS);
        for (const { session, shard, ...token } of events) memory.saw(session, shard, token);
        for (let session = 0; session < SESSIONS; session++)
          for (let shard = 0; shard < SHARDS; shard++) {
            const seen = events.filter((one) => one.session === session && one.shard === shard);
            const [newest = { epoch: 0, lsn: 0 }] = [...seen].sort(
              (one, other) => other.epoch - one.epoch || other.lsn - one.lsn,
            );
            const timestampMs = Math.max(-Infinity, ...seen.map((one) => one.timestampMs));
            const { epoch, lsn } = newest;
            expect(memory.tokenOf(session, shard)).toEqual({ epoch, lsn, timestampMs });
          }
      }),
      { seed: 1 },
    );
  });

  it('knows the version of the last write of a session, and of no earlier one', () => {
    const memory = new SessionMemory(SESSIONS, SHARDS);
    const version = { shard: 1, epoch: 2, lsn: 5 };
    memory.wrote(0, { operation: 7, version: { ...version, lsn: 4 }, atMs: 100 });
    memory.wrote(0, { operation: 9, version, atMs: 120 });
    expect(memory.versionOf(0, 9)).toEqual(version);
    expect(memory.versionOf(0, 7)).toBeNull();
    expect(memory.versionOf(1, 9)).toBeNull();
    expect(memory.lastWriteMs(0)).toBe(120);
  });
});
