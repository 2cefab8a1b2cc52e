const unit = require('./jest.unit.config.cjs');

/**
 * Deaths of real processes: minutes, not seconds. One suite at a time, so that recovery times mean something.
 * @type {import('jest').Config}
 */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
  maxWorkers: 1,
};
