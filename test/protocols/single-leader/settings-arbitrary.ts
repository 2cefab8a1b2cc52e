import fc from 'fast-check';
import type { Cascade } from '../../../src/protocols/single-leader/settings/cascade';
import type { NodePlace } from '../../../src/model/spec/topology';
import {
  ACKNOWLEDGEMENT_MODES,
  AWAITED,
  WAIT_POINTS,
} from '../../../src/protocols/single-leader/settings/acknowledgement';
import { FENCINGS } from '../../../src/protocols/single-leader/settings/failover';
import { LOG_FORMATS } from '../../../src/protocols/single-leader/settings/log';
import { READ_POLICIES } from '../../../src/protocols/single-leader/settings/reads';
import { CAUSALITIES } from '../../../src/protocols/single-leader/settings/shards';

const ms = fc.double({ min: 0.1, max: 1_000_000, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const optional = { requiredKeys: [] as never[] };

/** A whole number as a number, as GraphQL hands it over, and as a text. */
function whole(max: number): fc.Arbitrary<number | bigint | string> {
  return fc
    .tuple(fc.integer({ min: 0, max }), fc.constantFrom(Number, BigInt, String))
    .map(([value, spelt]) => spelt(value));
}

const waiting = {
  await: fc.constantFrom(...AWAITED),
  waitPoint: fc.constantFrom(...WAIT_POINTS),
  timeoutMs: ms,
};

function acknowledgement(names: readonly string[]): fc.Arbitrary<object> {
  const chosen = fc
    .tuple(fc.constantFrom('FIRST', 'ANY'), fc.subarray(names.slice(1), { minLength: 1 }), fc.nat())
    .map(([mode, standbys, n]) => ({ mode, standbys, count: 1 + (n % standbys.length) }));
  const counted = fc.record(
    {
      mode: fc.constantFrom(...ACKNOWLEDGEMENT_MODES),
      count: fc.integer({ min: 1, max: names.length - 1 }),
    },
    optional,
  );
  return fc
    .tuple(fc.oneof(chosen, counted), fc.record(waiting, optional))
    .map(([whom, what]) => ({ ...whom, ...what }));
}

const log = fc.record(
  {
    format: fc.constantFrom(...LOG_FORMATS),
    nonDeterministicShare: share,
    rowsPerWrite: fc.integer({ min: 1, max: 10_000 }),
    walKeepBytes: whole(2_147_483_647),
    slots: fc.boolean(),
    copyBytesPerSecond: ms,
  },
  optional,
);
const reads = fc.record(
  {
    policy: fc.constantFrom(...READ_POLICIES),
    maxLagMs: ms,
    windowMs: ms,
    waitMs: fc.oneof(ms, fc.constant(0)),
  },
  optional,
);
const redirection = fc.oneof(
  fc.record({ ttlMs: ms }, optional).map((dns) => ({ dns })),
  fc.record({ moveMs: ms }, optional).map((virtualIp) => ({ virtualIp })),
  fc.record({ checkIntervalMs: ms }, optional).map((proxy) => ({ proxy })),
);

function failover(names: readonly string[]): fc.Arbitrary<object> {
  const election = fc.oneof(
    fc.constant({ election: 'MOST_ADVANCED_LSN' }),
    fc
      .shuffledSubarray([...names], { minLength: 1 })
      .map((priorities) => ({ election: 'PRIORITY', priorities })),
  );
  const rest = fc.record(
    {
      enabled: fc.boolean(),
      heartbeatIntervalMs: ms,
      misses: fc.integer({ min: 1, max: 1000 }),
      timeoutMs: fc.option(ms),
      visibilityConsensus: fc.boolean(),
      promotionMs: ms,
      fencing: fc.constantFrom(...FENCINGS),
      stonithMs: ms,
      stonithRestartMs: ms,
      redirection,
    },
    optional,
  );
  return fc.tuple(election, rest).map(([chosen, others]) => ({ ...chosen, ...others }));
}

/** Every follower may get the log from a node that is named before it: so there is no circle. */
function cascading(names: readonly string[]): fc.Arbitrary<readonly Cascade[]> {
  return fc
    .tuple(...names.slice(1).map((_, index) => fc.option(fc.constantFrom(...names.slice(0, index + 1)))))
    .map((upstreams) =>
      upstreams.flatMap((upstream, index) =>
        upstream === null ? [] : [{ node: names[index + 1], upstream }],
      ),
    );
}

function oneLog([leader, ...followers]: readonly string[]): fc.Arbitrary<object> {
  return fc
    .tuple(fc.integer({ min: 1000, max: 2000 }), fc.tuple(...followers.map(() => whole(1000))))
    .map(([lsn, lsns]) => ({
      initialLog: [{ node: leader, lsn }, ...followers.map((node, index) => ({ node, lsn: lsns[index] }))],
    }));
}

/** Right settings of every kind, as they may be given, for a cluster of these nodes; the first one leads. */
export function settingsInput(nodes: readonly NodePlace[]): fc.Arbitrary<object> {
  const names = nodes.map(({ name }) => name);
  const logs = fc.oneof(oneLog(names), fc.record({ shards: fc.integer({ min: 1, max: 100 }) }));
  const rest = fc.record(
    {
      leader: fc.constant(names[0]),
      log,
      reads,
      failover: failover(names),
      causality: fc.constantFrom(...CAUSALITIES),
    },
    optional,
  );
  return fc
    .tuple(rest, logs, copying(names))
    .map(([settings, ofLogs, ofCopies]) => ({ ...settings, ...ofLogs, ...ofCopies }));
}

/** Who gets the log from whom, and whom the leader waits for: only those that get it from the leader itself. */
function copying(names: readonly string[]): fc.Arbitrary<object> {
  return cascading(names).chain((cascades) => {
    const isCascaded = (name: string) =>
      cascades.some(({ node, upstream }) => node === name && upstream !== names[0]);
    const waitedFor = acknowledgement(names.filter((name) => !isCascaded(name)));
    return fc.record({ acknowledgement: waitedFor, cascading: fc.constant(cascades) }, optionalIf(cascades));
  });
}

/** Without the cascades more may be waited for, never less. */
function optionalIf(cascades: readonly Cascade[]): fc.RecordConstraints<'acknowledgement' | 'cascading'> {
  return { requiredKeys: cascades.length === 0 ? [] : ['cascading'] };
}
