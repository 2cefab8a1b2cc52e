import { describe, expect, it } from '@jest/globals';
import { NEVER_OR_CAN_CASES } from './cases';
import { find, type NeverOrCanCase } from './never-or-can';

/** A few by default, so that every check of the house plays them; `npm run test:scenarios` plays a thousand. */
const SEEDS = Number(process.env.SCENARIO_SEEDS ?? 40);
const CASE_MS_MAX = 30_000 + 300 * SEEDS;

const casesOf = (polarity: NeverOrCanCase['polarity']) =>
  NEVER_OR_CAN_CASES.filter((neverOrCan) => neverOrCan.polarity === polarity).map(
    (neverOrCan) => [neverOrCan.name, neverOrCan] as const,
  );

describe('what never happens', () => {
  it.each(casesOf('NEVER'))(
    '%s',
    async (_, neverOrCan) => {
      const { seeds, tested } = await find(neverOrCan, SEEDS);
      expect(seeds).toEqual([]);
      // Otherwise the runs would show nothing.
      expect(tested).toBeGreaterThan(SEEDS / 8);
    },
    CASE_MS_MAX,
  );
});

describe('what can happen', () => {
  it.each(casesOf('CAN'))(
    '%s',
    async (_, neverOrCan) => {
      const { seeds } = await find(neverOrCan, SEEDS);
      expect(seeds).toHaveLength(1);
    },
    CASE_MS_MAX,
  );
});
