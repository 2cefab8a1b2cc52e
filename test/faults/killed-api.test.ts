import { expect, it } from '@jest/globals';
import { violations } from '../support/fault-oracle';
import { describeFaults } from '../support/fault-suite';

const RECOVERY_MS_MAX = 10_000;

describeFaults('a killed API', ({ lab, told }) => {
  it('between commit and enqueue: what it committed still runs, within 10 s of the restart', async () => {
    const doomed = await lab().addApi(lab().failpoint('api.between-commit-and-enqueue'));
    await lab().addWorker();
    await lab()
      .submit(doomed)
      .catch(() => undefined);
    await doomed.ended();
    const api = await lab().addApi();
    const rows = await lab().query<{ id: string }>('SELECT "id" FROM "Experiment"');
    expect(rows).toHaveLength(1);
    const took = await lab().ended(api, rows[0].id, 15_000);
    told('after the restart of the API, ended after', took);
    expect(took).toBeLessThan(RECOVERY_MS_MAX);
    expect(await violations(lab(), rows[0].id)).toEqual([]);
  }, 60_000);
});
