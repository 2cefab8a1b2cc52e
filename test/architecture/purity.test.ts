import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

/** What a pure layer may not do → what the offender is told. */
const impure: Record<string, string> = {
  'Date.now()': 'simulated time',
  'new Date(0).getTime()': 'simulated time',
  'performance.now()': 'simulated time',
  'setTimeout(() => undefined, 1)': 'set a timer through the engine',
  'queueMicrotask(() => undefined)': 'set a timer through the engine',
  'Math.random()': 'seeded random stream',
  'crypto.getRandomValues(new Uint8Array(1))': 'seeded random stream',
  'Math.log(2)': 'deterministic-math',
  'Math.exp(2)': 'deterministic-math',
  'Math.pow(2, 3)': 'deterministic-math',
  'Math.hypot(3, 4)': 'deterministic-math',
  "Math['sin'](1)": 'deterministic-math',
  '2 ** 3': 'deterministic-math',
  '((copy: Math) => copy)(Math)': 'so that this check can see it',
  'Promise.resolve(1)': 'is synchronous',
  '(async () => 1)()': 'is synchronous',
  "console.log('hello')": 'no input or output',
  'process.pid': 'pass the value in',
  'globalThis.name': 'pass the value in',
  "import('node:fs')": 'pass the value in',
  "'a'.localeCompare('b')": 'depends on the locale',
  'new Intl.NumberFormat()': 'depends on the locale',
};

const pure = ['Math.sqrt(2)', 'Math.imul(3, 5)', 'Math.floor(1.5)', 'Math.PI', 'new Map([[1, 2]]).size'];

const asModule = (expression: string): string => `export const planted: unknown = ${expression};\n`;

/** The messages about each text, in the order of the texts. */
function lint(planted: readonly { file: string; text: string }[]): string[][] {
  const { stdout, stderr } = spawnSync(process.execPath, [path.join(__dirname, '../support/lint-text.mjs')], {
    input: JSON.stringify(planted),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

describe.each(['model', 'engine', 'protocols', 'checkers'])('src/%s', (layer) => {
  const file = `src/${layer}/planted.ts`;
  const expressions = Object.keys(impure);
  let messages: string[][] = [];

  beforeAll(() => {
    messages = lint([...expressions, ...pure].map((text) => ({ file, text: asModule(text) })));
  });

  it.each(Object.entries(impure))('refuses %s', (expression, advice) => {
    const about = messages[expressions.indexOf(expression)];
    expect(about?.join('\n')).toContain(advice);
  });

  it.each(pure)('allows %s', (expression) => {
    expect(messages[expressions.length + pure.indexOf(expression)]).toEqual([]);
  });
});

describe('the purity rules', () => {
  it('refuse to import Node, with and without its prefix', () => {
    const [prefixed, bare] = lint(
      ['node:fs', 'fs'].map((name) => ({
        file: 'src/engine/planted.ts',
        text: `import { readFileSync } from '${name}';\nexport const planted = readFileSync;\n`,
      })),
    );
    expect(prefixed?.join()).toContain('no input or output');
    expect(bare?.join()).toContain('no input or output');
  });

  it('leave the adapters alone', () => {
    const expressions = ['Date.now()', 'Math.random()', 'Math.log(2)', 'Promise.resolve(1)'];
    const messages = lint(expressions.map((text) => ({ file: 'src/db/planted.ts', text: asModule(text) })));
    expect(messages.flat()).toEqual([]);
  });

  it('let nobody but src/config.ts read the environment', () => {
    const text = asModule('process.env.HOME');
    const [adapter, configuration] = lint([
      { file: 'src/db/planted.ts', text },
      { file: 'src/config.ts', text },
    ]);
    expect(adapter?.join()).toContain('Read the environment in src/config.ts');
    expect(configuration).toEqual([]);
  });
});
