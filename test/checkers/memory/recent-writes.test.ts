import { describe, expect, it } from '@jest/globals';
import { RecentWrites } from '../../../src/checkers/memory/recent-writes';
import { history } from '../../support/history-notation';

const [{ operation: write }] = history('0wx 0=1').events;

describe('the writes that were sent last', () => {
  it('are found by their ids, among so many operations', () => {
    const writes = new RecentWrites(8);
    for (let id = 0; id <= 40; id += 2) writes.sent({ ...write, id, cause: id - 2 });
    for (let id = 0; id <= 40; id++) {
      const isKnown = id % 2 === 0 && id > 40 - 8;
      expect(writes.find(id)?.cause ?? null).toBe(isKnown ? id - 2 : null);
    }
  });

  it('are known as they ended, if they are still known', () => {
    const writes = new RecentWrites(8);
    for (const id of [3, 20]) writes.sent({ ...write, id, outcome: 'UNKNOWN' });
    for (const id of [3, 20]) writes.ended({ ...write, id, outcome: 'FAILED' });
    expect([3, 20].map((id) => writes.find(id)?.operation.outcome)).toEqual([undefined, 'FAILED']);
  });
});
