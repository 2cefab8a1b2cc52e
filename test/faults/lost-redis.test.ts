import { expect, it } from '@jest/globals';
import { until } from '../support/fault-lab';
import { violations } from '../support/fault-oracle';
import { describeFaultsOfRedis, RUNS, WAIT_MS_MAX } from '../support/fault-suite';

const RECOVERY_MS_MAX = 15_000;

describeFaultsOfRedis('Redis', ({ lab, told }) => {
  it.each(['flushed', 'restarted empty', 'down for 30 s'] as const)(
    '%s in mid-run: all runs end once',
    async (how) => {
      const api = await lab().addApi();
      await lab().addWorker();
      const id = await lab().submitted(api, { repetitions: RUNS });
      await until(10_000, async () => (await lab().statusOf(api, id)).status === 'RUNNING');
      const meanwhile = await lab().loseRedis(how, () => lab().submitted(api, { name: 'meanwhile' }));
      const backAt = performance.now();
      expect(meanwhile).toMatch(/^exp_/);
      await lab().ended(api, id, WAIT_MS_MAX);
      await lab().ended(api, meanwhile, WAIT_MS_MAX);
      const tookMs = performance.now() - backAt;
      told(`Redis ${how}, all ended after it was back`, tookMs);
      expect(tookMs).toBeLessThan(RECOVERY_MS_MAX);
      expect(await violations(lab(), id, { repetitions: RUNS })).toEqual([]);
      expect(await violations(lab(), meanwhile, { name: 'meanwhile' })).toEqual([]);
    },
    150_000,
  );
});
