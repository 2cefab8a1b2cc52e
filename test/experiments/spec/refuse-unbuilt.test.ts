import { describe, expect, it } from '@jest/globals';
import { experimentInput, places, resolveExperimentInput, workloadInput } from '../../support/submissions';

const THINK = { thinkTime: { constant: { ms: 5 } } };

describe('what the clients of the engine do not do yet', () => {
  it.each([
    ['probe', { probe: { writes: 1 } }],
    ['clients.0.arrivals.closedLoop', workloadInput({ clients: [{ arrivals: { closedLoop: THINK } }] })],
    ['keys.distribution.latest', workloadInput({ keys: { distribution: { latest: {} } } })],
    ['values', workloadInput({ values: { register: { deleteShare: 0.1 } } })],
    ['values', workloadInput({ values: { cart: {} } })],
    ['retry.attempts', workloadInput({ retry: { attempts: 2 } })],
  ])('is refused at workload.%s', async (place, workload) => {
    const { problems } = await resolveExperimentInput(experimentInput({ workload }));
    expect(places(problems)).toEqual([`NOT_SUPPORTED at workload.${place}`]);
  });

  it.each([
    { constant: {} },
    { bursts: { periodMs: 100, burstMs: 10, factor: 3 } },
    { diurnal: { peakToTrough: 3 } },
    { poisson: { minimumGapMs: 1 } },
  ])('is not the open loop of %j', async (arrivals) => {
    const workload = workloadInput({ clients: [{ ratePerSecond: 100, arrivals }] });
    expect((await resolveExperimentInput(experimentInput({ workload }))).problems).toEqual([]);
  });
});
