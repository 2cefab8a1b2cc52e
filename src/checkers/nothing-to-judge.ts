import type { AnomalyKind, AnomalyTally } from '../model/anomaly';
import type { CheckedRun } from './checked-run';
import type { Checker } from './checker';
import { Tally } from './tally';

/** Stands for a checker where its anomaly cannot show: the workload has nothing in which it could. It hears of nothing. */
export class NothingToJudge implements Checker {
  constructor(
    private readonly kind: AnomalyKind,
    private readonly outline: CheckedRun,
  ) {}

  tallies(): readonly AnomalyTally[] {
    return [new Tally(this.kind, this.outline).tally()];
  }
}
