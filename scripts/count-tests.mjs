// Prints the one line that counts the tests of Jest runs (--json --outputFile), given their files. Fails unless all
// passed.
import fs from 'node:fs';

/**
 * A run that wrote no file failed; a file of tests that could not be loaded has no tests to count: it is one failure.
 * @param {string} file
 */
function countTests(file) {
  if (!fs.existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(fs.readFileSync(file, 'utf8'));
  return {
    passed: Number(results.numPassedTests),
    failed: Number(results.numFailedTests) + Number(results.numRuntimeErrorTestSuites),
    skipped: Number(results.numPendingTests) + Number(results.numTodoTests),
  };
}

let [passed, failed, skipped] = [0, 0, 0];
for (const file of process.argv.slice(2)) {
  const counts = countTests(file);
  passed += counts.passed;
  failed += counts.failed;
  skipped += counts.skipped;
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
