import { expect, it } from '@jest/globals';
import { until } from '../support/fault-lab';
import { violations } from '../support/fault-oracle';
import { describeFaults, RUNS, WAIT_MS_MAX } from '../support/fault-suite';

describeFaults('a worker stopped past its lease and continued', ({ lab }) => {
  it('changes nothing', async () => {
    const api = await lab().addApi();
    const stopped = await lab().addWorker();
    const id = await lab().submitted(api, { repetitions: RUNS });
    await until(10_000, async () => (await lab().statusOf(api, id)).status === 'RUNNING');
    stopped.signal('SIGSTOP');
    await lab().addWorker();
    await lab().ended(api, id, WAIT_MS_MAX);
    stopped.signal('SIGCONT');
    const next = await lab().submitted(api, { repetitions: 2 });
    await lab().ended(api, next, 30_000);
    expect(await violations(lab(), id, { repetitions: RUNS })).toEqual([]);
    expect(await violations(lab(), next, { repetitions: 2 })).toEqual([]);
  }, 120_000);
});
