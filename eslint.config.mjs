import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import typescript from 'typescript-eslint';
import { pureFolders, pureRules, pureSyntax } from './eslint/purity.mjs';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a name is the same in every file and can be searched for.',
};

const environmentOnlyInConfig = {
  object: 'process',
  property: 'env',
  message: 'Read the environment in src/config.ts and pass the typed setting in.',
};

/** @type {import('eslint').Linter.RulesRecord} */
const shape = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 12],
  'max-depth': ['error', 4],
  'max-params': ['error', 5],
  eqeqeq: 'error',
};

/** @type {import('eslint').Linter.RulesRecord} */
const typed = {
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
  // An index may be out of bounds although its type does not say so: checking it is not unnecessary.
  '@typescript-eslint/no-unnecessary-condition': 'off',
  // An async function without await turns what it throws into a rejection, as the ports promise.
  '@typescript-eslint/require-await': 'off',
};

/** @type {import('eslint').Linter.RulesRecord} */
const looseAnswers = {
  '@typescript-eslint/no-explicit-any': 'off',
  '@typescript-eslint/no-unsafe-argument': 'off',
  '@typescript-eslint/no-unsafe-assignment': 'off',
  '@typescript-eslint/no-unsafe-call': 'off',
  '@typescript-eslint/no-unsafe-member-access': 'off',
  '@typescript-eslint/no-unsafe-return': 'off',
};

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'src/db/generated/', '.data/'] },
  eslint.configs.recommended,
  typescript.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { ...shape, ...typed, 'no-restricted-syntax': ['error', noDefaultExport] },
  },
  {
    files: ['src/**/*.ts', 'workers/**/*.ts'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'no-restricted-properties': ['error', environmentOnlyInConfig],
    },
  },
  { files: ['src/config.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: pureFolders.map((folder) => `src/${folder}/**/*.ts`),
    rules: { ...pureRules, 'no-restricted-syntax': ['error', noDefaultExport, ...pureSyntax] },
  },
  {
    files: ['test/**', 'bench/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // These tests look into GraphQL answers, whose shape each of them states in what it expects.
    files: ['test/lab/**', 'test/faults/**', 'test/support/{graphql-client,fault-lab,fault-events}.ts'],
    rules: looseAnswers,
  },
  {
    // Jest asks for a default export in its global hooks, the tools for one in their configuration.
    files: ['*.config.{ts,mjs,cjs}', 'test/support/global-*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [typescript.configs.disableTypeChecked],
    // Names that do not exist are TypeScript's business (checkJs in tsconfig.test.json).
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-undef': 'off' },
  },
  prettier,
);
