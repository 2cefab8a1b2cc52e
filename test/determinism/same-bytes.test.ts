import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { resolveExperiment } from '../../src/experiments/spec/resolve-experiment';
import { Problems } from '../../src/model/problem';
import { Fields } from '../../src/model/spec/fields';
import { smallExperiment } from '../support/small-experiments';

const EXPERIMENTS = 100;
const RUNS = 4;
const PROCESS_MS_MAX = 100_000;

interface Surroundings {
  readonly shards: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
}

describe('a hundred experiments of all kinds', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'replication-lab-same-bytes-'));
  const file = path.join(folder, 'experiments.json');
  let expected: readonly string[];

  beforeAll(async () => {
    const inputs = fc.sample(smallExperiment, { seed: 20_261_124, numRuns: EXPERIMENTS });
    writeFileSync(file, JSON.stringify(await Promise.all(inputs.map(resolved))));
    expected = hashesIn({ shards: 1 });
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it('differ from each other', () => {
    expect(new Set(expected).size).toBe(EXPERIMENTS);
  });

  it.each<[string, Surroundings]>([
    [
      'in two shards of another process, in another time zone and language, with other chances of V8',
      {
        shards: 2,
        environment: { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
        flags: ['--random-seed=12345', '--hash-seed=54321'],
      },
    ],
    [
      'in four shards of a third process, elsewhere again, with other chances still',
      { shards: 4, environment: { TZ: 'America/Caracas', LANG: 'C' }, flags: ['--random-seed=7'] },
    ],
  ])(
    'give the same bytes %s',
    (_, surroundings) => {
      expect(hashesIn(surroundings)).toEqual(expected);
    },
    120_000,
  );

  function hashesIn({ shards, environment = {}, flags = [] }: Surroundings): readonly string[] {
    const script = path.join(__dirname, 'play-shards.cjs');
    const output = execFileSync(process.execPath, [...flags, script, file, String(RUNS), String(shards)], {
      env: { ...process.env, ...environment },
      maxBuffer: 1e8,
      timeout: PROCESS_MS_MAX,
    });
    return JSON.parse(output.toString()) as string[];
  }
});

async function resolved(input: object): Promise<object> {
  const problems = Problems.none();
  const experiment = await resolveExperiment(new Fields(input, problems), {
    findMany: () => Promise.resolve([]),
  });
  if (experiment === null || problems.count > 0) throw new Error(JSON.stringify(problems.all, null, 2));
  return { spec: experiment.spec, seed: experiment.seed.toString() };
}
