import { describe, expect, it } from '@jest/globals';
import type { ExperimentSpec } from '../../../src/model/spec/experiment';
import { NEMESIS, pairExperiment, UPGRADE } from '../../support/fault-inputs';
import {
  clusterInput,
  experimentInput,
  places,
  resolveExperimentInput,
  workloadInput,
} from '../../support/submissions';

const WRONG_NEMESIS: readonly (readonly [string, unknown, string])[] = [
  ['that is no object', 'CRASH', 'WRONG_TYPE at nemesis'],
  [
    'without time to failure',
    { ...NEMESIS, meanTimeToFailureMs: null },
    'REQUIRED at nemesis.meanTimeToFailureMs',
  ],
  [
    'with a repair in no time',
    { ...NEMESIS, meanTimeToRepairMs: 0 },
    'OUT_OF_RANGE at nemesis.meanTimeToRepairMs',
  ],
  ['without kinds', { ...NEMESIS, kinds: [] }, 'REQUIRED at nemesis.kinds'],
  ['with an unknown kind', { ...NEMESIS, kinds: ['CRASH', 'PAUZE'] }, 'UNKNOWN_NAME at nemesis.kinds.1'],
  ['with a kind twice', { ...NEMESIS, kinds: ['CRASH', 'CRASH'] }, 'DUPLICATE_NAME at nemesis.kinds.1'],
  ['of unknown nodes', { ...NEMESIS, nodes: ['tokyo-3'] }, 'UNKNOWN_NAME at nemesis.nodes.0'],
  ['of no nodes', { ...NEMESIS, nodes: [] }, 'OUT_OF_RANGE at nemesis.nodes'],
  ['with an unknown setting', { ...NEMESIS, kind: 'CRASH' }, 'UNKNOWN_FIELD at nemesis.kind'],
];

describe('a nemesis', () => {
  it('is none unless it is given, and is taken again', async () => {
    expect((await specOf({})).nemesis).toBeNull();
    const spec = await specOf({ nemesis: NEMESIS });
    expect(spec.nemesis).toEqual({ ...NEMESIS, nodes: null });
    expect((await resolveExperimentInput({ name: 'first', ...spec })).resolved?.spec).toEqual(spec);
  });

  it.each(WRONG_NEMESIS)('%s is refused', async (_what, nemesis, expected) => {
    const { problems } = await resolveExperimentInput(pairExperiment({ nemesis }));
    expect(places(problems)[0]).toBe(expected);
  });
});

describe('the budget of faults', () => {
  const codesOf = async (changes: object) =>
    places((await resolveExperimentInput(experimentInput(changes))).problems);
  const thousand = { cluster: clusterInput({ nodes: 1000 }) };

  it('limits what waits in the queue from the start', async () => {
    const upgrade = { rollingUpgrade: UPGRADE };
    expect(await codesOf({ ...thousand, faults: Array(50).fill(upgrade) })).toEqual([]);
    expect(await codesOf({ ...thousand, faults: Array(51).fill(upgrade) })).toEqual([
      'BUDGET_EXCEEDED at faults',
    ]);
  });

  it('limits what a nemesis is expected to do', async () => {
    const workload = workloadInput({ durationMs: 1_000_000, clients: [{ ratePerSecond: 1 }] });
    const nemesis = (eachMs: number) => ({
      meanTimeToFailureMs: eachMs / 2,
      meanTimeToRepairMs: eachMs / 2,
      kinds: ['PAUSE'],
    });
    expect(await codesOf({ workload, nemesis: nemesis(3) })).toEqual([]);
    expect(await codesOf({ workload, nemesis: nemesis(2.9) })).toEqual(['BUDGET_EXCEEDED at nemesis']);
  });

  it('limits the links that are cut and mended', async () => {
    const isolate = { isolate: { node: 'node-1', atMs: 1 } };
    const half = { partition: { between: [named(1, 500), named(501, 1000)], atMs: 1 } };
    expect(await codesOf({ ...thousand, faults: Array(1000).fill(isolate) })).toEqual([]);
    expect(await codesOf({ ...thousand, faults: Array(50).fill(half) })).toEqual([]);
    expect(await codesOf({ ...thousand, faults: Array(51).fill(half) })).toEqual([
      'BUDGET_EXCEEDED at faults',
    ]);
    const nemesis = { meanTimeToFailureMs: 10, meanTimeToRepairMs: 5, kinds: ['PARTITION'] };
    expect(await codesOf({ ...thousand, nemesis })).toEqual(['BUDGET_EXCEEDED at nemesis']);
  });
});

function named(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `node-${first + index}`);
}

async function specOf(changes: object): Promise<ExperimentSpec> {
  const { resolved, problems } = await resolveExperimentInput(pairExperiment(changes));
  expect(problems).toEqual([]);
  if (resolved === null) throw new Error('not resolved');
  return resolved.spec;
}
