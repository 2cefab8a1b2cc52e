const unit = require('./jest.unit.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // `npm run test:faults` and `npm run test:validity` play them.
  testPathIgnorePatterns: ['<rootDir>/test/faults/', '<rootDir>/test/validity/'],
  // Every second suite waits for a process or a database most of its time: a core for each worker, none left over.
  maxWorkers: '100%',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};
