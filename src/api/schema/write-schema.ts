import fs from 'node:fs';
import { printApiSchema } from './print-schema';

/** Run by `npm run schema` in the folder of the program. */
fs.writeFileSync('schema.graphql', printApiSchema());
