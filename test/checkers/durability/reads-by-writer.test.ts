import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ReadsByWriter } from '../../../src/checkers/durability/reads-by-writer';

const WRITERS_MAX = 16;
const READS_MAX = 8;

describe('the reads of each write', () => {
  it('are counted as long as no younger write took its room, and let go when one does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -40, max: 60 }), { maxLength: 100, size: 'max' }), (writers) => {
        const reads = new ReadsByWriter(WRITERS_MAX, READS_MAX);
        const counted = new Map<number, number[]>();
        const letGo = new Map<number, number>();
        const recorded: number[] = [];
        let youngest = -1;
        writers.forEach((writer, read) => {
          youngest = Math.max(youngest, writer);
          counted.set(writer, [...(counted.get(writer) ?? []), read]);
          const left = reads.add(read, writer);
          if (left?.writer !== writer) recorded.push(read);
          if (left !== null) letGo.set(left.writer, (letGo.get(left.writer) ?? 0) + left.count);
        });
        for (const [writer, all] of counted) {
          const count = reads.countOf(writer);
          expect((count ?? 0) + (letGo.get(writer) ?? 0)).toBe(all.length);
          if (count === null || letGo.has(writer)) continue;
          const remembered = recorded.slice(-READS_MAX).filter((read) => all.includes(read));
          expect(reads.readsOf(writer)).toEqual(remembered.reverse());
        }
        for (let writer = 0; writer < 64; writer++)
          if (!counted.has(writer))
            expect(reads.countOf(writer)).toBe(writer > youngest - WRITERS_MAX ? 0 : null);
      }),
    );
  });
});
