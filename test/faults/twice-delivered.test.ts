import { expect, it } from '@jest/globals';
import type { FaultLab } from '../support/fault-lab';
import { violations } from '../support/fault-oracle';
import { describeFaults } from '../support/fault-suite';
import type { Answer } from '../support/graphql-client';
import type { ApiProcess } from '../support/lab-process';

const ROUNDS = 30;
const SMALL = { workload: { durationMs: 500, clients: [{ ratePerSecond: 1000 }] }, faults: [] };
const ATTEMPTS_MAX = 10;

describeFaults('what comes twice', ({ lab }) => {
  it('the same shard to two workers at the same moment, thirty times: one result of it', async () => {
    const api = await lab().addApi();
    const ids: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const id = await lab().submitted(api, { ...SMALL, seed: String(round) });
      await lab().deliverAgain(id);
      ids.push(id);
    }
    await Promise.all([lab().addWorker(), lab().addWorker()]);
    for (const [round, id] of ids.entries()) {
      await lab().ended(api, id, 30_000);
      expect(await violations(lab(), id, { ...SMALL, seed: String(round) })).toEqual([]);
    }
  }, 90_000);

  it('50 duplicate submissions over two API processes: one experiment', async () => {
    const apis = [await lab().addApi(), await lab().addApi()];
    await lab().addWorker();
    const changes = { idempotencyKey: 'fifty at once' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => answered(lab(), apis[index % 2], changes)),
    );
    const ids = new Set(answers.map(({ data }) => data?.submitExperiment.experiment.id));
    expect(ids.size).toBe(1);
    expect(answers.filter(({ data }) => data?.submitExperiment.replayed === false)).toHaveLength(1);
    const other = await lab().submit(apis[1], { ...changes, seed: '1' });
    expect(other.data?.submitExperiment.experiment).toBeNull();
    const [id] = ids as Set<string>;
    await lab().ended(apis[0], id, 30_000);
    expect(await violations(lab(), id)).toEqual([]);
  }, 60_000);
});

/** A request that comes too late to a connection of the database is refused for the moment, and sent again as it says. */
async function answered(lab: FaultLab, api: ApiProcess, changes: object): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await lab.submit(api, changes);
    const errors = answer.errors ?? [];
    const mayTryAgain = errors.length > 0 && errors.every(({ extensions }) => extensions.retryable);
    if (!mayTryAgain || attempt === ATTEMPTS_MAX) return answer;
  }
}
