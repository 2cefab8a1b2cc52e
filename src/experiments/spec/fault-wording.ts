import type { Warning } from '../../model/problem';
import type { FaultSpec } from '../../model/spec/fault';

/** `Fault 1 (crash)`, counted from 1 as people do. */
export function faultNamed(fault: FaultSpec, index: number): string {
  return `Fault ${index + 1} (${Object.keys(fault)[0]})`;
}

/** One warning of a kind: the first case, and how many more there are; null if there is none. */
export function warningOf(code: Warning['code'], found: readonly string[]): Warning | null {
  if (found.length === 0) return null;
  const more = found.length === 1 ? '' : ` There are ${found.length - 1} more of that kind.`;
  return { code, message: `${found[0]}.${more}` };
}
