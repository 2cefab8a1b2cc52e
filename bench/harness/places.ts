import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of package.json, from the sources as well as from what is compiled of them. */
export const ROOT = rootAbove(__dirname);

/** The programs of other languages. */
export const REFERENCE_FOLDER = path.join(ROOT, 'bench', 'reference');

/** Compiled programs of the bench, which other processes and threads start from. */
export const COMPILED_FOLDER = path.join(ROOT, 'dist', 'bench', 'bench');

function rootAbove(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : rootAbove(path.dirname(folder));
}
