import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/**
 * What the processes that belong to a data folder were started as: those whose command line names the folder (the
 * database) or whose environment does (the lab itself, and its workers, which inherit `DATA_DIR`).
 */
export function processesAt(folder: string): readonly string[] {
  // Linux tells without a program that may not be installed; the flags of the other one are macOS's.
  const processes = fs.existsSync('/proc/self/environ')
    ? fs.readdirSync('/proc').map(commandLineAndEnvironment)
    : execFileSync('ps', ['-A', '-E', '-ww', '-o', 'command='], { encoding: 'utf8' }).split('\n');
  return processes.filter((text) => text.includes(folder)).map((text) => text.split('\0\0')[0]);
}

/** Empty for what is no process, or has just ended. */
function commandLineAndEnvironment(pid: string): string {
  if (!/^[0-9]+$/.test(pid)) return '';
  try {
    const [commandLine, environment] = ['cmdline', 'environ'].map((file) =>
      fs.readFileSync(`/proc/${pid}/${file}`, 'utf8'),
    );
    return `${commandLine}\0${environment}`;
  } catch {
    return '';
  }
}
