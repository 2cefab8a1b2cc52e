import { describe, expect, it } from '@jest/globals';
import { coerceInputValue, isInputType } from 'graphql';
import { buildApiSchema } from '../../../src/api/schema/build-schema';
import { FAULT_INPUTS, pairExperiment } from '../../support/fault-inputs';
import { pairInput, resolveExperimentInput, workloadInput } from '../../support/submissions';

const type = buildApiSchema().getType('SubmitExperimentInput');

/** As GraphQL hands it to the domain. */
function coerced(input: unknown): unknown {
  if (!isInputType(type)) throw new Error('there is no such input');
  return coerceInputValue(input, type);
}

const clients = [{ datacenter: 'seoul', sessions: 1, ratePerSecond: 100 }];
const NEMESIS = {
  meanTimeToFailureMs: 100,
  meanTimeToRepairMs: 10,
  kinds: ['CRASH', 'PARTITION'],
  nodes: ['tokyo-1'],
};

describe('the GraphQL input of an experiment', () => {
  it.each(FAULT_INPUTS)(
    'takes a fault $name and means what the domain means',
    async ({ name, input, full }) => {
      const short = pairExperiment({ faults: [{ [name]: input }] });
      const { resolved, problems } = await resolveExperimentInput(coerced(short));
      expect(problems).toEqual([]);
      expect(resolved?.spec.faults).toEqual([{ [name]: full }]);
    },
  );

  it.each(FAULT_INPUTS)('takes a resolved fault $name again', async ({ name, full }) => {
    const { spec } =
      (await resolveExperimentInput(pairExperiment({ faults: [{ [name]: full }] }))).resolved ?? {};
    const again = await resolveExperimentInput(coerced({ name: 'again', ...spec }));
    expect(again.problems).toEqual([]);
    expect(again.resolved?.spec).toEqual(spec);
  });

  it('takes a nemesis, clocks, and links with jitter, loss and duplication, and fills in the same defaults', async () => {
    const [link] = [{ between: ['seoul', 'tokyo'], latency: { constant: { ms: 15 } }, loss: 0.1 }];
    const input = pairExperiment({
      cluster: pairInput({ links: [link], clocks: [{ node: 'tokyo-1', offsetMs: 7 }] }),
      workload: workloadInput({ clients }),
      nemesis: NEMESIS,
    });
    const { resolved, problems } = await resolveExperimentInput(coerced(input));
    expect(problems).toEqual([]);
    expect(resolved).toEqual((await resolveExperimentInput(input)).resolved);
    expect(resolved?.spec.nemesis).toEqual(NEMESIS);
  });
});
