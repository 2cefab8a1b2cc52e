const unit = require('./jest.unit.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // `npm run test:faults` plays them.
  testPathIgnorePatterns: ['<rootDir>/test/faults/'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};
