import { describe, expect, it } from '@jest/globals';
import { VALIDITY_CASES } from './cases';
import { find } from './validity-case';

describe('what is known from elsewhere comes out of an experiment', () => {
  it.each(VALIDITY_CASES.map((validityCase) => [validityCase.name, validityCase] as const))(
    '%s',
    async (_, validityCase) => {
      const { error, errors } = await find(validityCase);
      expect(errors).toBeLessThan(4);
      expect(error).toBeLessThan(validityCase.errorShareMax * validityCase.expected);
    },
    60_000,
  );
});
