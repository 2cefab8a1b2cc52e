import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_NAMES } from '../../../src/model/spec/faults/resolve-faults';
import {
  BETWEEN,
  FAULT_INPUTS,
  NEMESIS,
  NODE,
  pairExperiment,
  SIDES,
  SPAN,
  UPGRADE,
} from '../../support/fault-inputs';
import {
  clusterInput,
  experimentInput,
  pairInput,
  places,
  resolveExperimentInput,
  workloadInput,
} from '../../support/submissions';

const WRONG: readonly (readonly [string, object, string])[] = [
  ['no fault in a fault', {}, 'EXACTLY_ONE_OF at faults.0'],
  ['an unknown fault', { crush: NODE }, 'EXACTLY_ONE_OF at faults.0'],
  [
    'an unknown setting',
    { crash: { ...NODE, restartAfter: 1 } },
    'UNKNOWN_FIELD at faults.0.crash.restartAfter',
  ],
  [
    'an unknown fate of what is in flight',
    { crash: { ...NODE, inFlight: 'LOSED' } },
    'UNKNOWN_NAME at faults.0.crash.inFlight',
  ],
  ['an unknown node', { pause: { ...SPAN, node: 'tokyo-3' } }, 'UNKNOWN_NAME at faults.0.pause.node'],
  [
    'a datacenter for a node',
    { slowDisk: { ...SPAN, node: 'tokyo', factor: 2 } },
    'UNKNOWN_NAME at faults.0.slowDisk.node',
  ],
  ['no time', { heal: {} }, 'REQUIRED at faults.0.heal.atMs'],
  ['a time before the warm-up', { heal: { atMs: -501 } }, 'OUT_OF_RANGE at faults.0.heal.atMs'],
  ['a time at the end', { pause: { ...SPAN, atMs: 1000 } }, 'FAULT_AFTER_END at faults.0.pause.atMs'],
  ['a pause of no time', { pause: { ...SPAN, durationMs: 0 } }, 'OUT_OF_RANGE at faults.0.pause.durationMs'],
  ['a pause without end', { pause: NODE }, 'REQUIRED at faults.0.pause.durationMs'],
  ['a partition without sides', { partition: { atMs: 1 } }, 'EXACTLY_ONE_OF at faults.0.partition'],
  [
    'a partition both ways and one way',
    { partition: { ...SIDES, from: ['seoul'] } },
    'EXACTLY_ONE_OF at faults.0.partition',
  ],
  ['a partition to nobody', { partition: { from: ['seoul'], atMs: 1 } }, 'REQUIRED at faults.0.partition.to'],
  [
    'a partition of one side',
    { partition: { between: [['seoul']], atMs: 1 } },
    'OUT_OF_RANGE at faults.0.partition.between',
  ],
  [
    'an empty side',
    { partition: { between: [['seoul'], []], atMs: 1 } },
    'OUT_OF_RANGE at faults.0.partition.between.1',
  ],
  [
    'a side that is no list',
    { partition: { between: [['seoul'], 'tokyo'], atMs: 1 } },
    'WRONG_TYPE at faults.0.partition.between.1',
  ],
  [
    'a side with an unknown name',
    { partition: { between: [['seoul'], ['tokyo-1', 'tokio']], atMs: 1 } },
    'UNKNOWN_NAME at faults.0.partition.between.1.1',
  ],
  [
    'a node on both sides',
    { partition: { between: [['tokyo'], ['seoul', 'tokyo-2']], atMs: 1 } },
    'OVERLAPPING_SIDES at faults.0.partition.between',
  ],
  [
    'a node that is not heard by itself',
    { partition: { from: ['tokyo-2'], to: ['tokyo-2'], atMs: 1 } },
    'OVERLAPPING_SIDES at faults.0.partition',
  ],
  [
    'a healing after no time',
    { partition: { ...SIDES, healAfterMs: 0 } },
    'OUT_OF_RANGE at faults.0.partition.healAfterMs',
  ],
  ['an isolation of nobody', { isolate: { atMs: 1 } }, 'EXACTLY_ONE_OF at faults.0.isolate'],
  [
    'an isolation of an unknown datacenter',
    { isolate: { datacenter: 'tokio', atMs: 1 } },
    'UNKNOWN_NAME at faults.0.isolate.datacenter',
  ],
  ['a slow link nowhere', { slowLink: { atMs: 1, durationMs: 1 } }, 'EXACTLY_ONE_OF at faults.0.slowLink'],
  [
    'a slow link here and everywhere',
    { slowLink: { ...BETWEEN, everywhere: true } },
    'EXACTLY_ONE_OF at faults.0.slowLink',
  ],
  [
    'a slow link of two kinds of ends',
    { slowLink: { ...BETWEEN, within: 'seoul' } },
    'EXACTLY_ONE_OF at faults.0.slowLink',
  ],
  [
    'a slow link between nodes',
    { slowLink: { ...BETWEEN, between: ['seoul', 'tokyo-1'] } },
    'UNKNOWN_NAME at faults.0.slowLink.between.1',
  ],
  [
    'a slow link to itself',
    { slowLink: { ...BETWEEN, between: ['seoul', 'seoul'] } },
    'SELF_LINK at faults.0.slowLink.between',
  ],
  [
    'a negative factor',
    { slowLink: { ...BETWEEN, factor: -0.1 } },
    'OUT_OF_RANGE at faults.0.slowLink.factor',
  ],
  [
    'a negative delay',
    { slowLink: { ...BETWEEN, extraMs: -1 } },
    'OUT_OF_RANGE at faults.0.slowLink.extraMs',
  ],
  [
    'a loss of 1.0000001',
    { lossyLink: { ...BETWEEN, loss: 1.0000001 } },
    'OUT_OF_RANGE at faults.0.lossyLink.loss',
  ],
  [
    'a duplication of -0.1',
    { lossyLink: { ...BETWEEN, duplication: -0.1 } },
    'OUT_OF_RANGE at faults.0.lossyLink.duplication',
  ],
  ['a slow disk without factor', { slowDisk: SPAN }, 'REQUIRED at faults.0.slowDisk.factor'],
  [
    'an infinite offset',
    { clockSkew: { ...NODE, offsetMs: Infinity } },
    'OUT_OF_RANGE at faults.0.clockSkew.offsetMs',
  ],
  [
    'a clock that runs backwards',
    { clockSkew: { ...NODE, driftPpm: -1_000_001 } },
    'OUT_OF_RANGE at faults.0.clockSkew.driftPpm',
  ],
  [
    'an outage of no datacenter',
    { datacenterOutage: { atMs: 1, durationMs: 1 } },
    'REQUIRED at faults.0.datacenterOutage.datacenter',
  ],
  [
    'an upgrade of no nodes',
    { rollingUpgrade: { ...UPGRADE, nodes: [] } },
    'OUT_OF_RANGE at faults.0.rollingUpgrade.nodes',
  ],
  [
    'an upgrade of a node twice',
    { rollingUpgrade: { ...UPGRADE, nodes: ['tokyo-1', 'tokyo-1'] } },
    'DUPLICATE_NAME at faults.0.rollingUpgrade.nodes.1',
  ],
  [
    'an upgrade of an unknown node',
    { rollingUpgrade: { ...UPGRADE, nodes: ['tokyo-3'] } },
    'UNKNOWN_NAME at faults.0.rollingUpgrade.nodes.0',
  ],
  [
    'an upgrade without down time',
    { rollingUpgrade: { ...UPGRADE, downMs: 0 } },
    'OUT_OF_RANGE at faults.0.rollingUpgrade.downMs',
  ],
];

describe('a fault', () => {
  it.each(FAULT_INPUTS)(
    '$name has every default filled in, and is taken again',
    async ({ name, input, full }) => {
      const { resolved, problems } = await resolveExperimentInput(
        pairExperiment({ faults: [{ [name]: input }] }),
      );
      expect(problems).toEqual([]);
      expect(resolved?.spec.faults).toEqual([{ [name]: full }]);
      const again = await resolveExperimentInput({ name: 'first', ...resolved?.spec });
      expect(again).toEqual({ resolved, problems: [] });
    },
  );

  it.each(WRONG)('with %s is refused', async (_what, fault, expected) => {
    const { problems } = await resolveExperimentInput(pairExperiment({ faults: [fault] }));
    expect(places(problems)[0]).toBe(expected);
  });

  it('tells all its problems at once, and what was probably meant', async () => {
    const faults = [
      { heal: { atMs: 2000 } },
      { partition: { between: [['seol'], []], atMs: -1000, heal: 1 } },
    ];
    const { problems } = await resolveExperimentInput(pairExperiment({ faults }));
    expect(places(problems)).toEqual([
      'FAULT_AFTER_END at faults.0.heal.atMs',
      'UNKNOWN_NAME at faults.1.partition.between.0.0',
      'OUT_OF_RANGE at faults.1.partition.between.1',
      'OUT_OF_RANGE at faults.1.partition.atMs',
      'UNKNOWN_FIELD at faults.1.partition.heal',
    ]);
    expect(problems[1].message).toContain('Did you mean "seoul"?');
  });

  it('cannot speak of datacenters where there are none', async () => {
    const faults = [
      { datacenterOutage: { datacenter: 'a', atMs: 1, durationMs: 1 } },
      { slowLink: { within: 'a', atMs: 1, durationMs: 1 } },
      { slowLink: { everywhere: true, atMs: 1, durationMs: 1, factor: 2 } },
    ];
    const nemesis = { ...NEMESIS, kinds: ['DATACENTER_OUTAGE', 'SLOW_LINK'] };
    const { problems } = await resolveExperimentInput(
      experimentInput({ cluster: clusterInput(), faults, nemesis }),
    );
    expect(places(problems)).toEqual([
      'UNKNOWN_NAME at faults.0.datacenterOutage.datacenter',
      'UNKNOWN_NAME at faults.1.slowLink.within',
      'UNKNOWN_NAME at nemesis.kinds.0',
    ]);
  });

  it('cannot mean a node and a datacenter by one name', async () => {
    const datacenters = [
      { name: 'a', nodes: 2 },
      { name: 'a-1', nodes: 1 },
    ];
    const links = [{ between: ['a', 'a-1'], latency: { constant: { ms: 1 } } }];
    const clients = [{ datacenter: 'a', ratePerSecond: 1 }];
    const input = experimentInput({
      cluster: pairInput({ datacenters, links }),
      workload: workloadInput({ clients }),
      faults: [{ partition: { between: [['a-1'], ['a-2']], atMs: 1 } }],
    });
    expect(places((await resolveExperimentInput(input)).problems)).toEqual([
      'DUPLICATE_NAME at faults.0.partition.between.0.0',
    ]);
  });

  it('without a cluster is checked as far as it can be', async () => {
    const faults = [
      { partition: { between: [['x'], ['x', 7]], atMs: 2000 } },
      { pause: { node: 'y', atMs: 1 } },
    ];
    const input = pairExperiment({
      cluster: null,
      clusterId: 'clu_0',
      faults,
      nemesis: { ...NEMESIS, nodes: ['z'] },
    });
    expect(places((await resolveExperimentInput(input)).problems)).toEqual([
      'NOT_FOUND at clusterId',
      'WRONG_TYPE at faults.0.partition.between.1.1',
      'OVERLAPPING_SIDES at faults.0.partition.between',
      'FAULT_AFTER_END at faults.0.partition.atMs',
      'REQUIRED at faults.1.pause.durationMs',
    ]);
  });
});

describe('whatever comes as faults, nemesis, clocks and links', () => {
  it('is answered with problems, never with an exception', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FAULT_NAMES),
        fc.anything(),
        fc.anything(),
        async (name, whole, part) => {
          const settings = {
            node: part,
            between: part,
            from: part,
            to: part,
            datacenter: part,
            nodes: part,
            atMs: 1,
          };
          await resolveExperimentInput(pairExperiment({ faults: [{ [name]: whole }, { [name]: settings }] }));
          await resolveExperimentInput(
            pairExperiment({ nemesis: whole, cluster: pairInput({ clocks: whole }) }),
          );
          await resolveExperimentInput(pairExperiment({ nemesis: { ...NEMESIS, kinds: part, nodes: part } }));
        },
      ),
      { numRuns: 300 },
    );
  });
});
