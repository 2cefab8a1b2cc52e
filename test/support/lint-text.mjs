// Lints texts as if they lay in files of the repository. In: JSON [{ file, text }], out: JSON [[message, …], …].
// A process of its own, since ESLint loads its configuration by import(), which Jest's VM does not offer.
import path from 'node:path';
import { ESLint } from 'eslint';
import typescript from 'typescript-eslint';

const repository = path.join(import.meta.dirname, '../..');
const eslint = new ESLint({
  cwd: repository,
  // The files do not exist: rules that need the types of a whole program cannot run.
  overrideConfig: { files: ['**/*.ts'], ...typescript.configs.disableTypeChecked },
});

let input = '';
for await (const chunk of process.stdin) input += chunk;

/** @type {{ file: string, text: string }[]} */
const planted = JSON.parse(input);
const results = [];
for (const { file, text } of planted) {
  const [result] = await eslint.lintText(text, { filePath: path.join(repository, file) });
  results.push(result?.messages.map(({ ruleId, message }) => `${ruleId ?? 'parser'}: ${message}`) ?? []);
}
console.log(JSON.stringify(results));
