import { expect, it } from '@jest/globals';
import { violations } from '../support/fault-oracle';
import { describeFaults, RUNS, WAIT_MS_MAX } from '../support/fault-suite';

const RECOVERY_MS_MAX = 25_000;

describeFaults('a killed worker', ({ lab, told }) => {
  it.each([
    'worker.before-claim',
    'worker.running',
    'worker.before-finish',
    'worker.after-finish',
    'worker.acknowledging',
  ])(
    'at %s: its run goes on within 25 s, once',
    async (phase) => {
      const api = await lab().addApi();
      const victim = await lab().addWorker(lab().failpoint(phase));
      const id = await lab().submitted(api, { repetitions: RUNS });
      await victim.ended();
      const killedAt = performance.now();
      await lab().addWorker();
      await lab().ended(api, id, WAIT_MS_MAX);
      const tookMs = performance.now() - killedAt;
      told(`killed at ${phase}, ended after`, tookMs);
      expect(tookMs).toBeLessThan(RECOVERY_MS_MAX);
      expect(await violations(lab(), id, { repetitions: RUNS })).toEqual([]);
    },
    120_000,
  );
});
