import { printSchema } from 'graphql';
import { buildApiSchema } from './build-schema';

const HEAD = '# Printed from src/api by `npm run schema`; a test compares it. Do not edit.\n\n';

/** The text of `schema.graphql`. */
export function printApiSchema(): string {
  return `${HEAD}${printSchema(buildApiSchema())}\n`;
}
