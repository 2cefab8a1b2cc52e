import {
  ANOMALY_KINDS,
  WITNESSES_KEPT,
  type AnomalyKind,
  type AnomalyTally,
} from '../../../src/model/anomaly';
import type { History } from '../../support/history-notation';
import { judgeAll } from '../../support/judge';
import { DEFINITIONS } from './definitions';
import { toldOf, type Showing, type Verdict } from './told';

/** Which anomalies a history shows. @throws where a checker differs from the definition, with the history */
export function compareAll(told: History): ReadonlySet<AnomalyKind> {
  const whole = toldOf(told);
  const shown = new Set<AnomalyKind>();
  const tallies = judgeAll(told);
  if (tallies.length !== ANOMALY_KINDS.length) throw new Error(`${tallies.length} tallies`);
  for (const tally of tallies) {
    const verdict = DEFINITIONS[tally.kind](whole);
    const difference = differenceOf(tally, verdict);
    if (difference !== null) throw new Error(`${tally.kind}: ${difference}`);
    if (verdict.count > 0) shown.add(tally.kind);
  }
  return shown;
}

export function quoted({ text, outline }: History): string {
  return `"${text}" ${JSON.stringify(outline.invariants)}`;
}

/** Null if the tally says what the definition says. */
function differenceOf(tally: AnomalyTally, verdict: Verdict): string | null {
  for (const field of ['count', 'affected', 'relevant'] as const)
    if (tally[field] !== verdict[field])
      return `${field} by definition ${verdict[field]}, by the checker ${tally[field]}`;
  if (tally.unjudged !== 0) return `${tally.unjudged} unjudged`;
  const kept = Math.min(verdict.count, WITNESSES_KEPT);
  if (tally.witnesses.length !== kept) return `${kept} witnesses expected, not ${tally.witnesses.length}`;
  if (kept === 0) return null;
  const first = [...verdict.shown].sort(byTimeAndOperation).slice(0, kept).map(nameOf).join();
  const witnessed = tally.witnesses
    .map(({ atMs, operations }) => nameOf({ atMs, operation: operations.at(-1)?.id ?? null }))
    .join();
  return first === witnessed ? null : `it shows in ${first}, witnesses tell of ${witnessed}`;
}

function nameOf({ atMs, operation }: Showing): string {
  return operation === null ? `${atMs} ms` : `${operation} at ${atMs} ms`;
}

function byTimeAndOperation(one: Showing, other: Showing): number {
  return one.atMs - other.atMs || (one.operation ?? -1) - (other.operation ?? -1);
}
