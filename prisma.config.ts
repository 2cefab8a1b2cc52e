import { defineConfig } from 'prisma/config';

// The address of the database is given to the program, not to Prisma's command line:
// migrations are applied by `src/db/migrate.ts` and written by `scripts/migration.mjs`.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
