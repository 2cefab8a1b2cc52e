import type { Finding } from './row';

/** Below this share of the recorded ratio a row has become slower, whatever else the machine does. */
export const SHARE_MIN = 0.6;

export type Verdict =
  | { readonly kind: 'HOLDS' | 'SLOWER'; readonly ratio: number; readonly text: string }
  | { readonly kind: 'WRONG'; readonly text: string };

/** Compares a row's ratio to plain C with the recorded one. Times are never compared: machines differ. */
export function verdictOn(name: string, recorded: number, finding: Finding): Verdict {
  if (finding.kind === 'WRONG') return { kind: 'WRONG', text: `${name}: ${finding.problems.join('; ')}` };
  if (finding.kind === 'ABSENT' || finding.ratioToPlainC === null)
    return { kind: 'WRONG', text: `${name}: there is no ratio to plain C` };
  const ratio = finding.ratioToPlainC.median;
  const text = `${name}: ${ratio.toFixed(2)} × plain C, recorded ${recorded.toFixed(2)}`;
  return { kind: ratio >= SHARE_MIN * recorded ? 'HOLDS' : 'SLOWER', ratio, text };
}
