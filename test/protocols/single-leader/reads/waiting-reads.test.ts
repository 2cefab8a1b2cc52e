import { describe, expect, it } from '@jest/globals';
import type { DemandingRead } from '../../../../src/protocols/single-leader/messages';
import { WaitingReads, type WaitingRead } from '../../../../src/protocols/single-leader/reads/waiting-reads';

const ANY: DemandingRead = {
  from: 3,
  operation: 0,
  session: 0,
  key: 0,
  effect: 0,
  operand: 0,
  target: 0,
  epoch: 1,
  lsn: 0,
  timestampMs: 0,
};

/** Reads of the operations 1 … 4 that ask for the LSNs 10, 30, 20, 10, and wait until 101 … 104. */
function fourReads(): WaitingReads {
  const reads = new WaitingReads();
  [10, 30, 20, 10].forEach((lsn, index) => {
    reads.add({ ...ANY, operation: index + 1, lsn }, 101 + index);
  });
  return reads;
}

function taken(reads: WaitingReads, isTaken: (read: WaitingRead) => boolean): readonly number[] {
  const operations: number[] = [];
  reads.takeIf(isTaken, ({ operation }) => operations.push(operation));
  return operations;
}

describe('WaitingReads', () => {
  it('takes out what need not wait any longer, in the order in which it came', () => {
    const reads = fourReads();
    expect(taken(reads, ({ lsn }) => lsn <= 20)).toEqual([1, 3, 4]);
    expect(taken(reads, ({ lsn }) => lsn <= 20)).toEqual([]);
    expect(taken(reads, () => true)).toEqual([2]);
    expect(reads.isEmpty).toBe(true);
  });

  it('knows whose patience ends first', () => {
    const reads = fourReads();
    expect(reads.soonestMs).toBe(101);
    taken(reads, ({ operation }) => operation === 1);
    expect(reads.soonestMs).toBe(102);
    reads.clear();
    expect(reads.soonestMs).toBe(Infinity);
  });

  it('does not keep the message of a read, which will be another one', () => {
    const reads = new WaitingReads();
    const message = { ...ANY, operation: 7 };
    reads.add(message, 100);
    message.operation = 8;
    expect(taken(reads, () => true)).toEqual([7]);
  });

  it('may be added to by whoever is taken out', () => {
    const reads = fourReads();
    reads.takeIf(
      ({ operation }) => operation === 1,
      (read) => {
        reads.add({ ...read, operation: 9 }, 200);
      },
    );
    expect(taken(reads, () => true)).toEqual([2, 3, 4, 9]);
  });
});
