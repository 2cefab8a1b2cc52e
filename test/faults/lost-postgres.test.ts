import { expect, it } from '@jest/globals';
import { eventsOf, expectGapless } from '../support/fault-events';
import { until } from '../support/fault-lab';
import { violations } from '../support/fault-oracle';
import { describeFaults, RUNS, WAIT_MS_MAX } from '../support/fault-suite';

const REFUSAL_MS_MAX = 5000;

describeFaults('a restart of Postgres', ({ lab, told }) => {
  it.each([
    ['fast', 'SIGINT'],
    ['immediate', 'SIGQUIT'],
    ['kill -9', 'SIGKILL'],
  ] as const)(
    '(%s) in mid-run: all runs end once, and a subscriber misses nothing',
    async (_how, signal) => {
      const api = await lab().addApi();
      await lab().addWorker();
      await lab().addWorker();
      const id = await lab().submitted(api, { repetitions: RUNS });
      const following = eventsOf(api.url, id);
      await following.first;
      await until(10_000, async () => (await lab().statusOf(api, id)).status === 'RUNNING');
      await lab().endPostgres(signal);
      const answeredWithin = performance.now();
      const { data, errors } = await lab().submit(api);
      expect(data?.submitExperiment ?? null).toBeNull();
      expect(errors?.[0].extensions).toMatchObject({ code: 'UNAVAILABLE' });
      expect(performance.now() - answeredWithin).toBeLessThan(REFUSAL_MS_MAX);
      await lab().restartPostgres();
      const restartedAt = performance.now();
      await until(10_000, async () => (await lab().submitted(api, { name: 'after' })).startsWith('exp_'));
      told(`Postgres (${signal}) back, submissions accepted after`, performance.now() - restartedAt);
      await lab().ended(api, id, WAIT_MS_MAX);
      told(`Postgres (${signal}) back, all runs ended after`, performance.now() - restartedAt);
      expect(await violations(lab(), id, { repetitions: RUNS })).toEqual([]);
      expectGapless(await following.all);
    },
    120_000,
  );
});
