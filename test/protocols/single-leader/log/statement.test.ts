import { describe, expect, it } from '@jest/globals';
import { variationOf } from '../../../../src/protocols/single-leader/log/statement';

const OPERATIONS = Array.from({ length: 20_000 }, (_, operation) => ({ operation }));
const NODES = [0, 1, 2];
const SHARE = 0.3;

describe('the variation of a statement', () => {
  it('is none without non-deterministic statements, and never none where all are', () => {
    for (const write of OPERATIONS.slice(0, 100)) {
      expect(variationOf(write, 1, 0)).toBe(0);
      expect(variationOf(write, 1, 1)).toBeGreaterThan(0);
    }
  });

  it('befalls that share of the writes', () => {
    const varying = OPERATIONS.filter((write) => variationOf(write, 0, SHARE) > 0).length;
    const deviation = Math.sqrt(OPERATIONS.length * SHARE * (1 - SHARE));
    expect(Math.abs(varying - SHARE * OPERATIONS.length)).toBeLessThan(4 * deviation);
  });

  it('befalls the same writes on every node, and no two nodes have one value', () => {
    for (const write of OPERATIONS) {
      const values = new Set(NODES.map((node) => variationOf(write, node, SHARE)));
      expect([1, NODES.length]).toContain(values.size);
      if (values.size === 1) expect(values).toEqual(new Set([0]));
    }
  });

  it('is smaller than any difference between two values that a workload gives', () => {
    expect(variationOf({ operation: 7 }, 99, 1)).toBeLessThan(1);
  });
});
