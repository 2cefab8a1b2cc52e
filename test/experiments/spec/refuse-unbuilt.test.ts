import { describe, expect, it } from '@jest/globals';
import { experimentInput, places, resolveExperimentInput, workloadInput } from '../../support/submissions';

const THINK = { thinkTime: { constant: { ms: 5 } } };

describe('what the clients of the engine do not do yet', () => {
  it.each([['probe', { probe: { writes: 1 } }]])('is refused at workload.%s', async (place, workload) => {
    const { problems } = await resolveExperimentInput(experimentInput({ workload }));
    expect(places(problems)).toEqual([`NOT_SUPPORTED at workload.${place}`]);
  });

  it.each([
    { clients: [{ ratePerSecond: 100, arrivals: { diurnal: { peakToTrough: 3 } } }] },
    { clients: [{ arrivals: { closedLoop: THINK } }] },
    { keys: { distribution: { latest: {} } } },
    { retry: { attempts: 2 } },
    { values: { cart: {} } },
  ])('is not %j', async (changes) => {
    const { problems } = await resolveExperimentInput(experimentInput({ workload: workloadInput(changes) }));
    expect(problems).toEqual([]);
  });
});
