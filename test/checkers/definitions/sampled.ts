import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AnomalyKind } from '../../../src/model/anomaly';
import type { History } from '../../support/history-notation';
import { compareAll, quoted } from './compare';
import { countMinimalWitnesses } from './minimality';
import type { Sample } from './samples';

const WITNESSED = 2_000;

/** Plays that many histories to the checkers: each must say what its definition says of all of them. */
export function itEqualsTheDefinitions(sample: Sample): void {
  const { shows, runs } = sample;

  it('is judged as the definitions judge it, with and without each anomaly', () => {
    const seen = new Map<AnomalyKind, number>();
    each(sample, (told) => {
      for (const kind of compareAll(told)) seen.set(kind, (seen.get(kind) ?? 0) + 1);
    });
    const rare = shows.filter((kind) => !isWellRepresented(seen.get(kind) ?? 0, runs));
    expect(rare).toEqual([]);
  }, 300_000);

  it('gives witnesses of which no operation can be left out', () => {
    const counts = new Map<AnomalyKind, number>();
    each({ ...sample, runs: WITNESSED }, (told) => countMinimalWitnesses(told, counts));
    const withOperations = shows.filter((kind) => kind !== 'DIVERGENCE' && kind !== 'FALSE_FAILOVER');
    expect(withOperations.filter((kind) => (counts.get(kind) ?? 0) < WITNESSED / 20)).toEqual([]);
  }, 60_000);
}

/** Without `expect`, which would take longer than all else. */
export function each({ histories, runs, seed }: Omit<Sample, 'shows'>, tell: (told: History) => void): void {
  const { failed, counterexample, errorInstance } = fc.check(fc.property(histories, tell), {
    numRuns: runs,
    seed,
  });
  if (failed) throw new Error(counterexample?.map(quoted).join(), { cause: errorInstance });
}

function isWellRepresented(shown: number, runs: number): boolean {
  return Math.min(shown, runs - shown) > runs / 10;
}
