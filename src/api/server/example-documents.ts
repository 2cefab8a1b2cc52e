import fs from 'node:fs';
import path from 'node:path';

/** A document to try, with variables where it has any. */
export interface ExampleDocument {
  /** The file's name without extension, such as "01-create-cluster". */
  readonly name: string;
  readonly query: string;
  /** JSON; null if the document has no variables. */
  readonly variables: string | null;
}

/** The documents of the folder `examples/documents` of this program, by their numbers. */
export function exampleDocuments(): readonly ExampleDocument[] {
  const folder = path.join(programFolder(), 'examples', 'documents');
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files.sort().map((file) => {
    const name = path.basename(file, '.graphql');
    const variables = path.join(folder, `${name}.variables.json`);
    return {
      name,
      query: fs.readFileSync(path.join(folder, file), 'utf8'),
      variables: fs.existsSync(variables) ? fs.readFileSync(variables, 'utf8') : null,
    };
  });
}

/** Compiled or not, this file lies somewhere below the folder of package.json. */
function programFolder(): string {
  let folder = __dirname;
  while (!fs.existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('This program was moved without its package.json and examples.');
    folder = parent;
  }
  return folder;
}
