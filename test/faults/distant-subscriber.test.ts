import { it } from '@jest/globals';
import { eventsOf, expectGapless } from '../support/fault-events';
import { describeFaults, RUNS } from '../support/fault-suite';

describeFaults('a subscriber on another API process', ({ lab }) => {
  it('sees every event once, in order', async () => {
    const [one, other] = [await lab().addApi(), await lab().addApi()];
    await lab().addWorker();
    const id = await lab().submitted(one, { repetitions: RUNS });
    expectGapless(await eventsOf(other.url, id).all);
  }, 60_000);
});
