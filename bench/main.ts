import os from 'node:os';
import { measureRow } from './harness/measure-row';
import { readOptions, USAGE, type BenchOptions } from './harness/options';
import { compilePlainC } from './harness/plain-c';
import { asJson, asTableLine, exitCodeOf, TABLE_HEAD, type Measured } from './harness/report';
import { ROWS } from './rows';

/** `npm run bench`: see docs/performance.md. Exit code 1 if any result is wrong, 2 if the options are. */
async function main(): Promise<number> {
  let options: BenchOptions;
  try {
    options = readOptions(
      process.argv.slice(2),
      ROWS.map(({ name }) => name),
    );
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  return bench(options);
}

async function bench(options: BenchOptions): Promise<number> {
  const { json, only, pairs, scale } = options;
  const tell = (line: string): void => {
    if (!json) console.log(line);
  };
  const plainC = await compilePlainC();
  tell(
    `${os.cpus()[0].model}, ${os.availableParallelism()} cores, Node ${process.versions.node}; ${pairs} pairs`,
  );
  if (plainC === null) tell('There is no C compiler (cc): no ratios.');
  tell('');
  for (const line of TABLE_HEAD) tell(line);
  const measured: Measured[] = [];
  for (const row of ROWS.filter(({ name }) => only.length === 0 || only.includes(name))) {
    const finding = await measureRow(row, { pairs, scale, plainC: plainC?.player ?? null });
    measured.push({ row, finding });
    tell(asTableLine({ row, finding }));
  }
  await plainC?.remove();
  if (json) console.log(JSON.stringify(measured.map(asJson), null, 2));
  return exitCodeOf(measured);
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
