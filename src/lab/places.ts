import fs from 'node:fs';
import path from 'node:path';

/** Folder of the project: the nearest one above this file that holds `package.json`, compiled or not. */
export const PROJECT_FOLDER = projectFolder(__dirname);
export const MIGRATIONS_FOLDER = path.join(PROJECT_FOLDER, 'prisma', 'migrations');
export const DOCUMENTS_FOLDER = path.join(PROJECT_FOLDER, 'examples', 'documents');
export const WORKER_FILE = path.join(PROJECT_FOLDER, 'dist', 'workers', 'simulation.js');

function projectFolder(start: string): string {
  if (fs.existsSync(path.join(start, 'package.json'))) return start;
  const parent = path.dirname(start);
  if (parent === start)
    throw new Error('The lab was moved out of its project folder: there is no package.json above it.');
  return projectFolder(parent);
}
