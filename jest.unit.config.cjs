/**
 * The pure layers need no database: these tests start at once. `jest.config.cjs` builds on this one.
 * @type {import('jest').Config}
 */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['<rootDir>/test/{model,engine,protocols,checkers,bench}/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  setupFiles: ['reflect-metadata'],
  // In Jest's VM a global costs a call to look up; the engine uses this one so often that it runs six times as fast.
  sandboxInjectedGlobals: ['Math'],
  testTimeout: 30_000,
};
