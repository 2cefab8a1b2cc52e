import type { AnomalyTally } from '../../model/anomaly';
import type { FinalState, ObservedOperation, RunOutline } from '../../model/observer';
import type { Value } from '../../model/value';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import { copyOf } from '../memory/operation-rows';
import { isJudged, Tally } from '../tally';
import { explainFinalValue, explainReadValue } from './wording';

/** INVARIANT: a read returned, or a replica holds at the end, a value below the bound stated for its key. */
export class InvariantChecker implements Checker {
  private readonly values: Tally;
  /** By key; −∞ where none is stated. Of several bounds of a key the strictest counts. */
  private readonly bounds: Float64Array;

  constructor(private readonly outline: CheckedRun) {
    this.values = new Tally('INVARIANT', outline);
    this.bounds = boundsOf(outline);
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.kind !== 'READ' || !isJudged(operation, this.outline)) return;
    const min = this.bounds[operation.key];
    if (min === -Infinity) return;
    this.values.judged();
    const value = numberIn(operation.value);
    if (value === null || value >= min || !this.values.showedIn(operation)) return;
    const read = copyOf(operation);
    this.values.witness({
      atMs: read.completedAtMs,
      explanation: explainReadValue(this.outline, read, { value, min }),
      operations: [read],
    });
  }

  settled(atMs: number, states: readonly FinalState[], isCutOff: boolean): void {
    for (const state of states)
      for (let key = 0; key < this.bounds.length; key++)
        if (this.bounds[key] > -Infinity) this.judge(state, { key, atMs, isCutOff });
  }

  tallies(): readonly AnomalyTally[] {
    return [this.values.tally()];
  }

  private judge(
    state: FinalState,
    { key, atMs, isCutOff }: { readonly key: number; readonly atMs: number; readonly isCutOff: boolean },
  ): void {
    const min = this.bounds[key];
    this.values.judged();
    if (isCutOff) {
      this.values.forgotten();
      return;
    }
    const value = numberIn(state.valueFor(key));
    if (value === null || value >= min || !this.values.showed({ atMs, operation: null })) return;
    const held = { node: state.node, key, value, min };
    this.values.witness({
      atMs,
      explanation: explainFinalValue(this.outline, held, atMs),
      operations: [],
    });
  }
}

/** A counter that was never written is 0; the items of a set are not a number. */
function numberIn(value: Value): number | null {
  if (value === null) return 0;
  return typeof value === 'number' ? value : null;
}

function boundsOf({ invariants = [], keys }: RunOutline): Float64Array {
  const forEvery = invariants.filter(({ key }) => key === null).map(({ min }) => min);
  const bounds = new Float64Array(keys).fill(Math.max(-Infinity, ...forEvery));
  for (const { key, min } of invariants) if (key !== null) bounds[key] = Math.max(bounds[key], min);
  return bounds;
}
