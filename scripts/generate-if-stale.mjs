// Generates the Prisma client unless it is newer than what it is made from; saves the build a second.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const sources = ['prisma/schema.prisma', 'package-lock.json'];
const client = 'src/db/generated/prisma/client.ts';

/** @param {string} file */
const changedAt = (file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (sources.some((source) => changedAt(source) >= changedAt(client))) {
  const { status } = spawnSync(process.execPath, ['scripts/prisma.mjs', 'generate'], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
