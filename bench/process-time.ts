import fs from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/**
 * Processor seconds of a process and all below it, ended children included; null where there is no /proc. On a machine
 * that does other things as well it says more than the clock on the wall.
 */
export function processorSeconds(pid: number): number | null {
  try {
    const all = fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name));
    const stats = all.flatMap((name) => statOf(name));
    const family = new Set([pid]);
    for (let grown = 0; grown !== family.size;) {
      grown = family.size;
      for (const stat of stats) if (family.has(stat.parent)) family.add(stat.pid);
    }
    const ticks = stats.filter((stat) => family.has(stat.pid)).reduce((sum, stat) => sum + stat.ticks, 0);
    return ticks / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

/** None if the process has ended meanwhile. */
function statOf(name: string): Stat[] {
  try {
    const text = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
    // The name of the program is in parentheses and may hold anything; the fields that count follow it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return [{ pid: Number(name), parent: Number(fields[1]), ticks }];
  } catch {
    return [];
  }
}
