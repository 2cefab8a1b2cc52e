const unit = require('./jest.unit.config.cjs');

/**
 * Deaths of real processes: minutes, not seconds, most of which they wait for a lease to end. So two suites at a time,
 * each on a database and a Redis of its own; not more, so that recovery times mean something.
 * @type {import('jest').Config}
 */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
  testSequencer: '<rootDir>/test/support/fault-sequence.cjs',
  maxWorkers: 2,
};
