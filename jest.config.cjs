const unit = require('./jest.unit.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // `npm run test:faults` and `npm run test:validity` play them.
  testPathIgnorePatterns: ['<rootDir>/test/faults/', '<rootDir>/test/validity/'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};
