const unit = require('./jest.unit.config.cjs');

/**
 * What is known from elsewhere, a minute of simulating: `npm run test:validity`; `npm run validity` prints it as a table.
 * @type {import('jest').Config}
 */
module.exports = { ...unit, testMatch: ['<rootDir>/test/validity/**/*.test.ts'] };
