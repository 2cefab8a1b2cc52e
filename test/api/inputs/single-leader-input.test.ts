import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assertEnumType,
  assertInputObjectType,
  coerceInputValue,
  parseValue,
  valueFromAST,
  type GraphQLInputObjectType,
} from 'graphql';
import { buildApiSchema } from '../../../src/api/schema/build-schema';
import { Problems } from '../../../src/model/problem';
import { nodesOf } from '../../../src/model/spec/topology';
import {
  ACKNOWLEDGEMENT_MODES,
  AWAITED,
  DEFAULT_ACKNOWLEDGEMENT,
  WAIT_POINTS,
} from '../../../src/protocols/single-leader/settings/acknowledgement';
import {
  DEFAULT_CHECK_INTERVAL_MS,
  DEFAULT_FAILOVER,
  DEFAULT_MOVE_MS,
  DEFAULT_TTL_MS,
  ELECTIONS,
  FENCINGS,
} from '../../../src/protocols/single-leader/settings/failover';
import { DEFAULT_LOG, LOG_FORMATS } from '../../../src/protocols/single-leader/settings/log';
import { DEFAULT_READS, READ_POLICIES } from '../../../src/protocols/single-leader/settings/reads';
import {
  DEFAULT_SINGLE_LEADER,
  resolveSettings,
  type SingleLeaderSettings,
} from '../../../src/protocols/single-leader/settings/settings';
import { CAUSALITIES } from '../../../src/protocols/single-leader/settings/shards';
import { settingsInput } from '../../protocols/single-leader/settings-arbitrary';

const schema = buildApiSchema();
const INPUT = input('SingleLeaderInput');
const datacenters = ['a', 'b'];
const cluster = {
  nodes: nodesOf({ datacenters: datacenters.map((name) => ({ name, nodes: 2 })), nodes: null }),
  datacenters,
};

function input(name: string): GraphQLInputObjectType {
  return assertInputObjectType(schema.getType(name));
}

/** The settings that the domain makes of what GraphQL hands it. */
function resolved(given: unknown): SingleLeaderSettings {
  const problems = Problems.none();
  const settings = resolveSettings(given, cluster, problems);
  expect(problems.all).toEqual([]);
  return settings;
}

/** What the domain is given for a variable of that value, and the messages of whatever GraphQL refuses. */
function coerced(value: unknown): { readonly given: unknown; readonly refused: readonly string[] } {
  const refused: string[] = [];
  const given = coerceInputValue(value, INPUT, (_path, _value, error) => refused.push(error.message));
  return { given, refused };
}

/** Variables are JSON: whole numbers beyond 2³¹ are texts there. */
function asVariable(value: object): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)),
  );
}

function defaultsOf(name: string): Record<string, unknown> {
  const fields = Object.values(input(name).getFields());
  return Object.fromEntries(fields.map((field) => [field.name, field.defaultValue ?? null]));
}

const INPUTS = {
  AcknowledgementInput: DEFAULT_ACKNOWLEDGEMENT,
  LogInput: DEFAULT_LOG,
  ReadsInput: DEFAULT_READS,
  FailoverInput: DEFAULT_FAILOVER,
  DnsInput: { ttlMs: DEFAULT_TTL_MS },
  VirtualIpInput: { moveMs: DEFAULT_MOVE_MS },
  ProxyInput: { checkIntervalMs: DEFAULT_CHECK_INTERVAL_MS },
  SingleLeaderInput: { ...DEFAULT_SINGLE_LEADER, acknowledgement: {}, log: {}, reads: {}, failover: {} },
};
const WORDS = {
  AcknowledgementMode: ACKNOWLEDGEMENT_MODES,
  Awaited: AWAITED,
  WaitPoint: WAIT_POINTS,
  LogFormat: LOG_FORMATS,
  ReadPolicy: READ_POLICIES,
  Election: ELECTIONS,
  Fencing: FENCINGS,
  Causality: CAUSALITIES,
};

/** The settings of document 13. */
const WRITTEN = `{
  leader: "a-1"
  acknowledgement: { mode: FIRST, count: 2, standbys: ["a-2", "b-1", "b-2"], await: REMOTE_APPLY }
  log: { format: ROW, walKeepBytes: "1073741824", slots: true }
  reads: { policy: LAG_BOUNDED, maxLagMs: 5000 }
  failover: { heartbeatIntervalMs: 1000, misses: 3, election: MOST_ADVANCED_LSN, promotionMs: 1000, fencing: EPOCH, redirection: { dns: { ttlMs: 30000 } } }
  initialLog: [{ node: "a-1", lsn: "1020" }, { node: "a-2", lsn: "1000" }, { node: "b-1", lsn: "950" }]
}`;

describe('SingleLeaderInput', () => {
  it.each(Object.entries(INPUTS))(
    'shows every setting of %s with the default of the domain',
    (name, defaults) => {
      expect(defaultsOf(name)).toEqual(defaults);
    },
  );

  it.each(Object.entries(WORDS))('knows the words %s of the domain', (name, words) => {
    const names = assertEnumType(schema.getType(name))
      .getValues()
      .map((value) => value.name);
    expect(names).toEqual([...words]);
  });

  it('reads settings as they are written in document 13', () => {
    expect(resolved(valueFromAST(parseValue(WRITTEN), INPUT))).toMatchObject({
      acknowledgement: { mode: 'FIRST', count: 2, standbys: ['a-2', 'b-1', 'b-2'], await: 'REMOTE_APPLY' },
      log: { walKeepBytes: 1_073_741_824, slots: true },
      failover: { ...DEFAULT_FAILOVER, redirection: { dns: { ttlMs: 30_000 } } },
      initialLog: [
        { node: 'a-1', lsn: 1020 },
        { node: 'a-2', lsn: 1000 },
        { node: 'b-1', lsn: 950 },
      ],
    });
  });

  it('takes whatever the domain takes, and it means the same', () => {
    fc.assert(
      fc.property(settingsInput(cluster.nodes), (settings) => {
        const { given, refused } = coerced(asVariable(settings));
        expect(refused).toEqual([]);
        expect(resolved(given)).toEqual(resolved(settings));
      }),
    );
  });

  it('takes resolved settings again', () => {
    fc.assert(
      fc.property(settingsInput(cluster.nodes), (settings) => {
        const once = resolved(settings);
        expect(resolved(coerced(once).given)).toEqual(once);
      }),
    );
  });

  it.each([
    [
      'two redirections',
      { failover: { redirection: { dns: {}, proxy: {} } } },
      'Exactly one key must be specified',
    ],
    ['no redirection', { failover: { redirection: {} } }, 'Exactly one key must be specified'],
    ['a redirection that nobody knows', { failover: { redirection: { bgp: {} } } }, '"bgp" is not defined'],
    [
      'an unknown mode',
      { acknowledgement: { mode: 'ALL' } },
      'Value "ALL" does not exist in "AcknowledgementMode"',
    ],
    ['bytes in words', { log: { walKeepBytes: '1 GB' } }, 'BigInt takes an integer'],
    ['half a position', { initialLog: [{ node: 'a-1', lsn: 0.5 }] }, 'BigInt takes an integer'],
    ['no position', { initialLog: [{ node: 'a-1' }] }, '"lsn" of required type'],
    ['an infinite time', { reads: { maxLagMs: Infinity } }, 'Float'],
    ['an unknown setting', { failover: { misse: 3 } }, 'Did you mean "misses"?'],
  ])('refuses %s', (_what, value, message) => {
    expect(coerced(value).refused.join('; ')).toContain(message);
  });
});
