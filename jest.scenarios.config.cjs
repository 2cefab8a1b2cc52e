const unit = require('./jest.unit.config.cjs');

// Of `test/scenarios/never-and-can`, which every check of the house plays with fewer.
process.env.SCENARIO_SEEDS ??= '1000';

/**
 * What never happens and what can, over very many seeds: minutes of simulating, `npm run test:scenarios`.
 * @type {import('jest').Config}
 */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/scenarios/**/*.test.ts', '<rootDir>/test/lab/timeout-dilemma.test.ts'],
};
