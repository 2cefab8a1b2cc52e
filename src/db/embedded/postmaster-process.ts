import fs from 'node:fs';
import path from 'node:path';
import { askProgram } from './ask-program';

/**
 * Whether this process is a living Postgres server of this data folder. The mere existence of the process id
 * says nothing: it may have been given to another program, or be a dead child that nobody has collected.
 */
export function isPostmaster(pid: number, clusterFolder: string): boolean {
  return process.platform === 'linux' ? isOnLinux(pid, clusterFolder) : isByListing(pid, clusterFolder);
}

/** A server works inside its data folder; comparing the folders themselves survives a renaming. */
function isOnLinux(pid: number, clusterFolder: string): boolean {
  try {
    const [program = ''] = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const workingFolder = fs.statSync(`/proc/${pid}/cwd`);
    const folder = fs.statSync(clusterFolder);
    return (
      path.basename(program) === 'postgres' &&
      workingFolder.ino === folder.ino &&
      workingFolder.dev === folder.dev
    );
  } catch {
    return false;
  }
}

function isByListing(pid: number, clusterFolder: string): boolean {
  const { stdout } = askProgram('ps', ['-p', String(pid), '-o', 'command=']);
  return /\bpostgres\b/.test(stdout) && stdout.includes(clusterFolder);
}
