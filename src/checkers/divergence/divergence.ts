import type { AnomalyTally } from '../../model/anomaly';
import { areEqualAt } from '../../model/final-states';
import type { FinalState } from '../../model/observer';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import { Tally } from '../tally';
import { explainDivergence } from './wording';

/** DIVERGENCE: the replicas hold different versions, or values, of a key after settle. Each such key counts. */
export class DivergenceChecker implements Checker {
  private readonly keys: Tally;

  constructor(private readonly outline: CheckedRun) {
    this.keys = new Tally('DIVERGENCE', outline);
  }

  settled(atMs: number, states: readonly FinalState[], isCutOff: boolean): void {
    if (states.length < 2) return;
    this.keys.judged(this.outline.keys);
    if (isCutOff) this.keys.forgotten(this.outline.keys);
    else this.compare(atMs, states);
  }

  tallies(): readonly AnomalyTally[] {
    return [this.keys.tally()];
  }

  private compare(atMs: number, states: readonly FinalState[]): void {
    for (let key = 0; key < this.outline.keys; key++) {
      if (areEqualAt(states, key) || !this.keys.showed({ atMs, operation: null })) continue;
      const explanation = explainDivergence(this.outline, { states, key, atMs });
      this.keys.witness({ atMs, explanation, operations: [] });
    }
  }
}
