// The order of the suites of faults, and so which of them run beside each other. Those that hold a recovery to a time come
// first, the longest ahead; those that keep every core busy come last.
const path = require('node:path');

const ORDER = [
  ...['killed-worker', 'lost-redis', 'lost-postgres', 'stopped-worker', 'killed-api'],
  ...['distant-subscriber', 'twice-delivered', 'reconnecting-subscriber', 'batch'],
];

/** @param {{ readonly path: string }} suite */
const place = (suite) => ORDER.indexOf(path.basename(suite.path, '.test.ts'));

/** What Jest asks of a sequencer; one that is not named in the order comes first. */
module.exports = class FaultSequence {
  /** @param {readonly { readonly path: string }[]} suites */
  sort(suites) {
    return [...suites].sort((one, other) => place(one) - place(other));
  }

  /** @param {readonly { readonly path: string }[]} suites */
  allFailedTests(suites) {
    return this.sort(suites);
  }

  cacheResults() {
    // The order does not depend on earlier runs.
  }
};
