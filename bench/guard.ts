import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SHARE_MIN, verdictOn, type Verdict } from './harness/guard-verdict';
import { measureRow } from './harness/measure-row';
import { ROOT } from './harness/places';
import { compilePlainC } from './harness/plain-c';
import type { Player } from './harness/play';
import { ROWS } from './rows';

const RECORDED_FILE = path.join(ROOT, 'bench', 'recorded-ratios.json');
const PAIRS = 3;
/** A tenth of the operations: all of it takes less than a minute. */
const SCALE = 0.1;

/**
 * `npm run bench:guard`: fails if results are wrong, or if a row's ratio to plain C, measured in pairs in this run, has
 * fallen below a share of the recorded one, twice in a row. With `--record` it writes the ratios down instead.
 */
async function main(): Promise<number> {
  const plainC = await compilePlainC();
  if (plainC === null) {
    console.log('SKIPPED: there is no C compiler (cc), so there is no ratio to compare.');
    return 0;
  }
  try {
    const recorded = JSON.parse(readFileSync(RECORDED_FILE, 'utf8')) as Record<string, number>;
    return process.argv.includes('--record')
      ? await record(recorded, plainC.player)
      : await guard(recorded, plainC.player);
  } finally {
    await plainC.remove();
  }
}

async function guard(recorded: Readonly<Record<string, number>>, plainC: Player): Promise<number> {
  let code = 0;
  for (const [name, ratio] of Object.entries(recorded)) {
    let verdict = await measured(name, ratio, plainC);
    // Whoever shared the machine for a moment does so no longer.
    if (verdict.kind === 'SLOWER') verdict = await measured(name, ratio, plainC);
    console.log(`${verdict.kind} ${verdict.text}`);
    if (verdict.kind !== 'HOLDS') code = 1;
  }
  if (code !== 0)
    console.error(`At least ${SHARE_MIN} of each recorded ratio is wanted: docs/performance.md.`);
  return code;
}

async function record(recorded: Readonly<Record<string, number>>, plainC: Player): Promise<number> {
  const ratios: Record<string, number> = {};
  for (const name of Object.keys(recorded)) {
    const verdict = await measured(name, 0, plainC);
    if (verdict.kind === 'WRONG') {
      console.error(verdict.text);
      return 1;
    }
    ratios[name] = Number(verdict.ratio.toFixed(2));
  }
  writeFileSync(RECORDED_FILE, `${JSON.stringify(ratios, null, 2)}\n`);
  return 0;
}

async function measured(name: string, recorded: number, plainC: Player): Promise<Verdict> {
  const row = ROWS.find((candidate) => candidate.name === name);
  if (row === undefined) return { kind: 'WRONG', text: `${name} is recorded, and there is no such row` };
  const finding = await measureRow(row, { pairs: PAIRS, scale: SCALE, plainC });
  return verdictOn(name, recorded, finding);
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
