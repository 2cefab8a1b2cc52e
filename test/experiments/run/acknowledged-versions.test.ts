import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { AcknowledgedVersions } from '../../../src/experiments/run/acknowledged-versions';
import { OpenReads } from '../../../src/experiments/run/open-reads';

const CAP = 3;
const SESSIONS = 3;
const KEYS = 2;

/** A session that is idle sends a read, one that is busy ends it; between them writes are acknowledged. */
const steps = fc.array(
  fc.record({
    acknowledges: fc.integer({ min: 0, max: 9 }).map((lot) => lot > 1),
    session: fc.nat({ max: SESSIONS - 1 }),
    key: fc.nat({ max: KEYS - 1 }),
    /** How far a write's version is out of order, and a read's behind. */
    behind: fc.nat({ max: 12 }),
  }),
  { minLength: 50, maxLength: 300, size: 'max' },
);

interface Acknowledged {
  readonly key: number;
  readonly version: number;
  readonly moment: number;
}

describe('the acknowledged versions of keys', () => {
  it('count the newer ones up to the cap as if everything were kept, for reads that take however long', () => {
    const counted = { whole: 0, capped: 0 };
    fc.assert(
      fc.property(steps, (chosen) => {
        const openReads = new OpenReads(SESSIONS);
        const all: Acknowledged[] = [];
        const openSince = () => openReads.firstMoment(all.length);
        const versions = new AcknowledgedVersions(KEYS, { cap: CAP, openSince });
        const busy = new Map<number, { readonly read: number; readonly moment: number }>();
        chosen.forEach(({ acknowledges, session, key, behind }, step) => {
          const moment = all.length;
          const open = busy.get(session);
          if (acknowledges) {
            const version = Math.max(1, step - behind);
            versions.add(key, version, moment + 1);
            all.push({ key, version, moment: moment + 1 });
          } else if (open === undefined) {
            openReads.send(session, moment);
            busy.set(session, { read: step, moment });
          } else {
            const returned = Math.max(1, open.read - 2 * behind);
            const newer = all.filter(
              (other) => other.key === key && other.version > returned && other.moment <= open.moment,
            ).length;
            counted[newer > CAP ? 'capped' : 'whole'] += 1;
            expect(openReads.momentOf(session)).toBe(open.moment);
            expect(versions.newerThan(returned, key, open.moment)).toBe(Math.min(CAP, newer));
            openReads.end(session);
            busy.delete(session);
          }
        });
      }),
      { numRuns: 300, seed: 20_261_124 },
    );
    expect(Math.min(counted.whole, counted.capped)).toBeGreaterThan(100);
  });
});

describe('the reads under way', () => {
  it('tell when the first of them was sent, however many there are and in whatever order they end', () => {
    const reads = new OpenReads(500);
    for (let session = 0; session < 500; session += 1) reads.send(session, session);
    for (let session = 1; session < 499; session += 2) reads.end(session);
    expect(reads.firstMoment(-1)).toBe(0);
    for (let session = 0; session < 400; session += 2) reads.end(session);
    expect(reads.firstMoment(-1)).toBe(400);
    for (let session = 400; session < 500; session += 1) reads.end(session);
    expect(reads.firstMoment(-1)).toBe(-1);
  });

  it('take no more room than those that are under way need', () => {
    const reads = new OpenReads(2);
    reads.send(0, 7);
    for (let moment = 8; moment < 10_000; moment += 1) {
      reads.end(1);
      reads.send(1, moment);
    }
    expect(reads.firstMoment(-1)).toBe(7);
    expect(reads.room).toBe(64);
    reads.end(0);
    expect(reads.firstMoment(-1)).toBe(9_999);
  });
});
