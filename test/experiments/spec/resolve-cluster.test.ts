import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nodesOf } from '../../../src/model/spec/topology';
import { DEFAULT_SINGLE_LEADER } from '../../../src/protocols/single-leader/settings/settings';
import { clusterInput, pairInput, places, resolveClusterInput } from '../../support/submissions';

const LATENCY = { constant: { ms: 1 } };
const LATENCY_LINK = { between: ['seoul', 'tokyo'], latency: LATENCY };

/** What is wrong, and the one problem that it gives. */
const WRONG: readonly (readonly [string, object, string])[] = [
  ['no name', { name: null }, 'REQUIRED at name'],
  ['a blank name', { name: ' \t ' }, 'BLANK at name'],
  ['a name of 10 kB', { name: 'x'.repeat(10_000) }, 'TOO_LONG at name'],
  ['NUL in a name', { name: 'a\u0000b' }, 'INVALID_CHARACTER at name'],
  ['a lone surrogate in a name', { name: 'a\ud800b' }, 'INVALID_CHARACTER at name'],
  ['a name that is a number', { name: 7 }, 'WRONG_TYPE at name'],
  ['0 nodes', { nodes: 0 }, 'OUT_OF_RANGE at nodes'],
  ['10,001 nodes', { nodes: 10_001 }, 'OUT_OF_RANGE at nodes'],
  ['1.5 nodes', { nodes: 1.5 }, 'OUT_OF_RANGE at nodes'],
  ['neither nodes nor datacenters', { nodes: null }, 'EXACTLY_ONE_OF at '],
  ['both nodes and datacenters', { datacenters: [{ name: 'a', nodes: 1 }] }, 'EXACTLY_ONE_OF at '],
  ['no datacenter', { nodes: null, datacenters: [] }, 'OUT_OF_RANGE at datacenters'],
  [
    'an empty datacenter',
    { nodes: null, datacenters: [{ name: 'a', nodes: 0 }] },
    'OUT_OF_RANGE at datacenters.0.nodes',
  ],
  ['an unknown setting', { nodse: 3 }, 'UNKNOWN_FIELD at nodse'],
  [
    '__proto__ as a setting',
    JSON.parse('{"__proto__": {"nodes": 3}}') as object,
    'UNKNOWN_FIELD at __proto__',
  ],
  ['no protocol', { replication: {} }, 'EXACTLY_ONE_OF at replication'],
  [
    'a negative service time',
    { nodeProfile: { serviceTime: { constant: { ms: -1 } } } },
    'OUT_OF_RANGE at nodeProfile.serviceTime.constant.ms',
  ],
  [
    'an infinite flush time',
    { nodeProfile: { fsync: { constant: { ms: Infinity } } } },
    'OUT_OF_RANGE at nodeProfile.fsync.constant.ms',
  ],
  [
    'a clock of an unknown node',
    { clocks: [{ node: 'node-4', offsetMs: 5 }] },
    'UNKNOWN_NAME at clocks.0.node',
  ],
  [
    'two clocks of one node',
    { clocks: [{ node: 'node-1' }, { node: 'node-2' }, { node: 'node-1' }] },
    'DUPLICATE_NAME at clocks.2.node',
  ],
  [
    'a clock that runs backwards',
    { clocks: [{ node: 'node-1', driftPpm: -1_000_001 }] },
    'OUT_OF_RANGE at clocks.0.driftPpm',
  ],
  [
    'a service time that is NaN',
    { nodeProfile: { serviceTime: { constant: { ms: NaN } } } },
    'OUT_OF_RANGE at nodeProfile.serviceTime.constant.ms',
  ],
];

const WRONG_PAIR: readonly (readonly [string, object, string])[] = [
  ['no link', { links: [] }, 'MISSING_LINK at links'],
  [
    'a link one way only',
    { links: [{ from: 'seoul', to: 'tokyo', latency: LATENCY }] },
    'MISSING_LINK at links',
  ],
  [
    'a self link',
    { links: [{ between: ['seoul', 'seoul'], latency: LATENCY }] },
    'SELF_LINK at links.0.between',
  ],
  [
    'a directed self link',
    { links: [{ from: 'seoul', to: 'seoul', latency: LATENCY }] },
    'SELF_LINK at links.0.to',
  ],
  [
    'a link to nowhere',
    { links: [{ between: ['seoul', 'tokio'], latency: LATENCY }] },
    'UNKNOWN_NAME at links.0.between.1',
  ],
  [
    'a link of three',
    { links: [{ between: ['a', 'b', 'c'], latency: LATENCY }] },
    'OUT_OF_RANGE at links.0.between',
  ],
  ['a link without ends', { links: [{ latency: LATENCY }] }, 'EXACTLY_ONE_OF at links.0'],
  [
    'a link with two kinds of ends',
    { links: [{ within: 'seoul', from: 'seoul', latency: LATENCY }] },
    'EXACTLY_ONE_OF at links.0',
  ],
  [
    'an uneven uniform latency',
    { links: [{ between: ['seoul', 'tokyo'], latency: { uniform: { minMs: 5, maxMs: 4 } } }] },
    'OUT_OF_RANGE at links.0.latency.uniform.maxMs',
  ],
  [
    'more losses than messages',
    { links: [{ between: ['seoul', 'tokyo'], latency: LATENCY, loss: 1.1 }] },
    'OUT_OF_RANGE at links.0.loss',
  ],
  [
    'fewer duplicates than none',
    { links: [{ between: ['seoul', 'tokyo'], latency: LATENCY, duplication: -0.1 }] },
    'OUT_OF_RANGE at links.0.duplication',
  ],
  [
    'a jitter of no law',
    { links: [{ between: ['seoul', 'tokyo'], latency: LATENCY, jitter: {} }] },
    'EXACTLY_ONE_OF at links.0.jitter',
  ],
  [
    'two laws at once',
    {
      links: [{ between: ['seoul', 'tokyo'], latency: { ...LATENCY, lognormal: { medianMs: 1, sigma: 1 } } }],
    },
    'EXACTLY_ONE_OF at links.0.latency',
  ],
  [
    'a leader that is not there',
    { replication: { singleLeader: { leader: 'seoul-2' } } },
    'UNKNOWN_NAME at replication.singleLeader.leader',
  ],
  [
    'an election that is not built yet',
    { replication: { singleLeader: { failover: { election: 'VOTES' } } } },
    'NOT_SUPPORTED at replication.singleLeader.failover.election',
  ],
];

describe('a cluster', () => {
  it.each(WRONG)('with %s is refused', (_what, change, expected) => {
    const { problems } = resolveClusterInput({ ...clusterInput(), ...change, ...ownProto(change) });
    expect(places(problems)).toEqual([expected]);
  });

  it.each(WRONG_PAIR)('of two datacenters with %s is refused', (_what, change, expected) => {
    expect(places(resolveClusterInput(pairInput(change)).problems)).toEqual([expected]);
  });

  it('tells all its problems at once', () => {
    const { problems } = resolveClusterInput({
      name: '',
      nodes: -1,
      replication: { singleLeader: { leder: 'x' } },
    });
    expect(places(problems)).toEqual([
      'BLANK at name',
      'OUT_OF_RANGE at nodes',
      'UNKNOWN_FIELD at replication.singleLeader.leder',
    ]);
  });

  it('says what was probably meant', () => {
    const { problems } = resolveClusterInput(
      pairInput({ links: [{ between: ['seoul', 'tokio'], latency: LATENCY }] }),
    );
    expect(problems[0].message).toContain('Did you mean "tokyo"?');
  });

  it('does not take two datacenters whose names look the same', () => {
    const datacenters = [
      { name: 'Seoul', nodes: 1 },
      { name: ' ｓeoul', nodes: 1 },
    ];
    const { problems } = resolveClusterInput(clusterInput({ nodes: null, datacenters }));
    expect(places(problems)).toContain('DUPLICATE_NAME at datacenters.1.name');
  });

  it('does not take the same link twice, whichever way it is written', () => {
    const link = { between: ['seoul', 'tokyo'], latency: LATENCY };
    const again = { from: 'tokyo', to: 'seoul', latency: LATENCY };
    expect(places(resolveClusterInput(pairInput({ links: [link, again] })).problems)).toEqual([
      'DUPLICATE_LINK at links.1',
    ]);
  });

  it('keeps HTML, SQL and formulas in names as they are', () => {
    const name = `<b>'; DROP TABLE x; --\u200b=1+1`;
    const { resolved, problems } = resolveClusterInput(clusterInput({ name }));
    expect(problems).toEqual([]);
    expect(resolved.name).toBe(name);
  });

  it('has links without jitter, loss and duplication, and exact clocks, unless told otherwise', () => {
    const jitter = { exponential: { meanMs: 2, offsetMs: 0 } };
    const uneven = { ...LATENCY_LINK, jitter, loss: 1, duplication: 0.5 };
    const clocks = [{ node: 'tokyo-2', driftPpm: -30 }];
    const { resolved, problems } = resolveClusterInput(pairInput({ links: [uneven], clocks }));
    expect(problems).toEqual([]);
    expect(resolved.links).toEqual([uneven]);
    expect(resolved.clocks).toEqual([{ node: 'tokyo-2', offsetMs: 0, driftPpm: -30 }]);
    expect(resolveClusterInput(resolved)).toEqual({ resolved, problems: [] });
    expect(resolveClusterInput(pairInput()).resolved.links).toEqual([
      { ...LATENCY_LINK, latency: { constant: { ms: 15 } }, jitter: null, loss: 0, duplication: 0 },
    ]);
  });

  it('of three lines has every default', () => {
    expect(resolveClusterInput(clusterInput()).resolved).toEqual({
      name: 'plain',
      datacenters: [],
      nodes: 3,
      links: [],
      nodeProfile: { serviceTime: { constant: { ms: 0.05 } }, fsync: { constant: { ms: 0.5 } } },
      clocks: [],
      replication: { singleLeader: DEFAULT_SINGLE_LEADER },
    });
  });

  it('names its nodes after their datacenters, or simply numbers them', () => {
    expect(nodesOf(resolveClusterInput(pairInput()).resolved).map(({ name }) => name)).toEqual([
      'seoul-1',
      'tokyo-1',
      'tokyo-2',
    ]);
    expect(nodesOf(resolveClusterInput(clusterInput()).resolved).map(({ name }) => name)).toEqual([
      'node-1',
      'node-2',
      'node-3',
    ]);
  });

  it('resolved once more is the same', () => {
    const { resolved } = resolveClusterInput(pairInput());
    expect(resolveClusterInput(resolved)).toEqual({ resolved, problems: [] });
  });

  it('answers with problems, never with an exception, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (whole, part) => {
        resolveClusterInput(whole);
        resolveClusterInput(pairInput({ links: part, nodeProfile: part, replication: part }));
      }),
      { numRuns: 2000 },
    );
  });
});

/** A spread does not copy an own `__proto__`; JSON.parse makes one. */
function ownProto(change: object): object {
  return Object.hasOwn(change, '__proto__')
    ? Object.defineProperty({}, '__proto__', { value: {}, enumerable: true })
    : {};
}
