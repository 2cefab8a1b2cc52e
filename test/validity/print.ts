import { VALIDITY_CASES } from './cases';
import { find } from './validity-case';

/** `npm run validity`: what is expected, what comes out, and how far apart the two are. */
async function print(): Promise<void> {
  const rows = [];
  for (const validityCase of VALIDITY_CASES) {
    const { name, source, unit, expected } = validityCase;
    const { mean, error, errors } = await find(validityCase);
    rows.push({
      what: name,
      source,
      unit,
      expected: expected.toPrecision(5),
      simulated: `${mean.toPrecision(5)} ± ${error.toPrecision(2)}`,
      deviation: `${errors.toFixed(1)} standard errors`,
    });
  }
  console.table(rows);
}

print().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
