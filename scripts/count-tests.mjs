// Prints the one line that counts the tests of a Jest run (--json --outputFile). Fails unless all passed.
import fs from 'node:fs';

const [file = ''] = process.argv.slice(2);

/** A file of tests that could not be loaded has no tests to count: it is one failure itself. */
function countTests() {
  if (!fs.existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(fs.readFileSync(file, 'utf8'));
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

const { passed, failed, skipped } = countTests();
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
