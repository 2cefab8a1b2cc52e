import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const repository = path.join(__dirname, '../..');
const program = path.join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Importer, imported, broken rule. A file called `a.ts` gets a name of its own per line. */
const forbidden: [importer: string, imported: string, rule: string][] = [
  ['src/model/a.ts', 'src/engine/b.ts', 'direction-model'],
  ['src/engine/a.ts', 'src/protocols/b.ts', 'direction-engine'],
  ['src/engine/a.ts', 'src/checkers/b.ts', 'direction-engine'],
  ['src/protocols/a.ts', 'src/checkers/b.ts', 'direction-protocols'],
  ['src/checkers/a.ts', 'src/engine/b.ts', 'direction-checkers'],
  ['src/experiments/a.ts', 'src/db/b.ts', 'direction-experiments'],
  ['src/db/a.ts', 'src/queue/b.ts', 'direction-db'],
  ['src/queue/a.ts', 'src/api/b.ts', 'direction-queue'],
  ['src/api/a.ts', 'src/db/b.ts', 'direction-api'],
  ['src/api/a.ts', 'src/engine/b.ts', 'direction-api'],
  ['src/api/a.ts', 'src/config.ts', 'direction-api'],
  ['src/experiments/a.ts', 'src/cli/b.ts', 'direction-experiments'],
  ['src/queue/a.ts', 'workers/b.ts', 'direction-queue'],
  ['src/protocols/raft/a.ts', 'src/protocols/chain/b.ts', 'protocols-are-strangers'],
  ['src/protocols/shared/a.ts', 'src/protocols/chain/b.ts', 'protocols-are-strangers'],
  ['src/protocols/raft/c.ts', 'src/protocols/registry.ts', 'protocols-are-strangers'],
  ['src/experiments/a.ts', 'test/b.ts', 'no-test-code'],
  ['src/somewhere/a.ts', 'src/model/b.ts', 'unknown-layer'],
  ['src/loose.ts', 'src/model/b.ts', 'unknown-root'],
  ['src/api/a.ts', 'pg', 'package-of-db-and-queue'],
  ['src/experiments/a.ts', '@prisma/client', 'package-of-db'],
  ['src/db/a.ts', 'bullmq', 'package-of-queue'],
  ['src/queue/a.ts', 'graphql', 'package-of-api'],
  ['src/engine/a.ts', 'node:fs', 'pure-layers-need-no-package'],
  ['src/model/a.ts', 'canonicalize', 'pure-layers-need-no-package'],
  ['src/db/a.ts', 'fast-check', 'no-development-package'],
  ['src/db/a.ts', 'src/db/missing/file.ts', 'not-found'],
];

const allowed: [importer: string, imported: string][] = [
  ['src/engine/a.ts', 'src/model/b.ts'],
  ['src/protocols/raft/a.ts', 'src/engine/b.ts'],
  ['src/protocols/raft/a.ts', 'src/protocols/shared/b.ts'],
  ['src/protocols/raft/a.ts', 'src/protocols/b.ts'],
  ['src/protocols/registry.ts', 'src/protocols/raft/b.ts'],
  ['src/checkers/a.ts', 'src/model/b.ts'],
  ['src/experiments/a.ts', 'src/checkers/b.ts'],
  ['src/experiments/a.ts', 'node:crypto'],
  ['src/db/a.ts', 'src/experiments/b.ts'],
  ['src/db/a.ts', 'pg'],
  ['src/main.ts', 'src/queue/b.ts'],
  ['src/cli/main.ts', 'src/config.ts'],
  ['workers/simulation.ts', 'src/db/b.ts'],
];

const packages = ['pg', '@prisma/client', 'bullmq', 'graphql', 'canonicalize'];
const developmentPackages = ['fast-check'];

/** A tree with our layout, in which every line above is one import. */
let tree = '';
let brokenRules: Map<string, string[]>;

const nameFor = (importer: string, imported: string): string =>
  importer.replace(/\ba\.ts$/, `imports-${imported.replace(/\W+/g, '-')}.ts`);

beforeAll(() => {
  tree = fs.mkdtempSync(path.join(os.tmpdir(), 'import-direction-'));
  write('tsconfig.json', '{ "compilerOptions": { "module": "node20" } }');
  writePackages();
  for (const [importer, imported] of [...forbidden, ...allowed]) plant(nameFor(importer, imported), imported);
  write('src/model/cycle-a.ts', "import type { B } from './cycle-b';\nexport type A = B | null;\n");
  write('src/model/cycle-b.ts', "import type { A } from './cycle-a';\nexport type B = A | null;\n");
  brokenRules = cruise();
});

afterAll(() => fs.rmSync(tree, { recursive: true, force: true }));

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
  fs.writeFileSync(path.join(tree, file), text);
}

function writePackages(): void {
  const versions = (names: string[]): object => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  const manifest = { dependencies: versions(packages), devDependencies: versions(developmentPackages) };
  write('package.json', JSON.stringify(manifest));
  for (const name of [...packages, ...developmentPackages]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
  }
}

function plant(importer: string, imported: string): void {
  const isFile = imported.endsWith('.ts');
  if (isFile && !imported.includes('missing') && !fs.existsSync(path.join(tree, imported)))
    write(imported, 'export const planted = 1;\n');
  const relative = path.relative(path.dirname(importer), imported).replace(/\.ts$/, '');
  const specifier = !isFile ? imported : relative.startsWith('.') ? relative : `./${relative}`;
  write(importer, `import * as planted from '${specifier}';\nexport const copy = planted;\n`);
}

/** Importing file → the rules that it breaks. */
function cruise(): Map<string, string[]> {
  const configuration = path.join(repository, '.dependency-cruiser.cjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [program, '--config', configuration, '--output-type', 'json', 'src', 'workers', 'test'],
    { cwd: tree, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  const rules = new Map<string, string[]>();
  for (const { from, rule } of report.summary.violations)
    rules.set(from, [...(rules.get(from) ?? []), rule.name]);
  return rules;
}

describe('the direction of imports', () => {
  it.each(forbidden)('forbids %s to import %s', (importer, imported, rule) => {
    expect(brokenRules.get(nameFor(importer, imported))).toEqual([rule]);
  });

  it.each(allowed)('allows %s to import %s', (importer, imported) => {
    expect(brokenRules.get(nameFor(importer, imported))).toBeUndefined();
  });

  it('forbids two files to import each other, even if only types', () => {
    expect(brokenRules.get('src/model/cycle-a.ts')).toEqual(['no-cycle']);
  });
});
