import { describe, expect, it } from '@jest/globals';
import { EXPERIMENTS } from '../../scenarios/everything-at-once/experiments';
import { expectInvariants, play } from '../../scenarios/everything-at-once/play';

/** `npm run test:scenarios` plays fifty times as many. */
const OPERATIONS = 20_000;
const STORM = { operations: OPERATIONS, meanTimeToFailureMs: 4000, meanTimeToRepairMs: 800 };

const [FENCED_BY_EPOCHS, , UNFENCED] = EXPERIMENTS;

describe('a single leader with every setting at once, under every kind of fault', () => {
  it.each(EXPERIMENTS.map((experiment) => [experiment.name, experiment] as const))(
    'keeps its invariants: %s',
    async (_, experiment) => {
      const played = await play(experiment, { operations: OPERATIONS, seed: 5 });
      expectInvariants(played, experiment);
      expect(played.result.replication.failoverCount).toBeGreaterThan(0);
    },
  );

  it('lets a shard go on that waited for a write which was lost (seed 164)', async () => {
    const played = await play(FENCED_BY_EPOCHS, { ...STORM, seed: 164 });
    expectInvariants(played, FENCED_BY_EPOCHS);
  });

  it('finds a leader though nodes that miss the old one were called upon before they said so (seed 348)', async () => {
    const times = { meanTimeToFailureMs: 8000, meanTimeToRepairMs: 300 };
    const played = await play(FENCED_BY_EPOCHS, { operations: OPERATIONS, ...times, seed: 348 });
    expectInvariants(played, FENCED_BY_EPOCHS);
  });

  it('counts writes from before the run when they are lost (seed 156)', async () => {
    const played = await play(UNFENCED, { ...STORM, seed: 156 });
    expectInvariants(played, UNFENCED);
  });
});
