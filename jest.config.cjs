const unit = require('./jest.unit.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // `npm run test:faults`, `npm run test:scenarios` and `npm run test:validity` play them; what never happens and what can is
  // played here as well, with fewer seeds.
  testPathIgnorePatterns: [
    '<rootDir>/test/faults/',
    '<rootDir>/test/scenarios/(?!never-and-can/)',
    '<rootDir>/test/validity/',
    '<rootDir>/test/lab/validity.test.ts',
    '<rootDir>/test/lab/timeout-dilemma.test.ts',
  ],
  // Every second suite waits for a process or a database most of its time: a core for each worker, none left over.
  maxWorkers: '100%',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};
