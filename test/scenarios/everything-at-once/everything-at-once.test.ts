import { describe, expect, it } from '@jest/globals';
import { EXPERIMENTS } from './experiments';
import { countOf, expectInvariants, play } from './play';

const RUNS = 20;
const OPERATIONS_PER_RUN = 50_000;
const EXPERIMENT_MS_MAX = 600_000;

describe('a single leader with every setting at once, under every kind of fault', () => {
  it.each(EXPERIMENTS.map((experiment) => [experiment.name, experiment] as const))(
    'keeps its invariants for a million operations: %s',
    async (name, experiment) => {
      const figures = { operations: 0, acknowledged: 0, kept: 0, lost: 0, failovers: 0 };
      for (let seed = 1; seed <= RUNS; seed++) {
        const played = await play(experiment, { operations: OPERATIONS_PER_RUN, seed });
        expectInvariants(played, experiment);
        figures.operations += played.operations;
        figures.acknowledged += played.accounts.acknowledged;
        figures.kept += played.accounts.kept;
        figures.lost += countOf(played.result, 'LOST_WRITE');
        figures.failovers += played.result.replication.failoverCount;
      }
      console.info(`${name}: ${JSON.stringify(figures)}`);
      expect(figures.operations).toBeGreaterThan(0.99 * RUNS * OPERATIONS_PER_RUN);
      // Else nothing was put to the test.
      expect(figures.failovers).toBeGreaterThan(RUNS);
      if (!experiment.losesNothing) expect(figures.lost).toBeGreaterThan(0);
    },
    EXPERIMENT_MS_MAX,
  );
});
