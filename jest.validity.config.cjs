const unit = require('./jest.unit.config.cjs');

/**
 * What is known from elsewhere, in the engine and through the door of a lab, two minutes: `npm run test:validity`;
 * `npm run validity` prints it as a table.
 * @type {import('jest').Config}
 */
module.exports = {
  ...unit,
  testMatch: ['<rootDir>/test/validity/**/*.test.ts', '<rootDir>/test/lab/validity.test.ts'],
};
