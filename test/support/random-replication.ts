import * as fc from 'fast-check';
import { compareBy, type Key } from '../../src/model/canonical-order';
import {
  FAILOVER_PARTS,
  FAILOVERS_KEPT,
  type FailoverMeasurement,
} from '../../src/model/failover-measurements';
import { FirstFew } from '../../src/model/first-few';
import { CountColumn, SERIES_INTERVALS } from '../../src/model/interval-columns';
import {
  failoverKey,
  followerRecoveryKey,
  nodeKey,
  noticeKey,
  replicaKey,
  servedKey,
} from '../../src/model/measurements-order';
import { NamedHistograms } from '../../src/model/named-histograms';
import { NOTICE_KINDS } from '../../src/model/observer';
import { OPERATION_KINDS } from '../../src/model/operation';
import { LogBytesColumn, PositionColumns, type Positions } from '../../src/model/position-columns';
import {
  FOLLOWER_RECOVERIES_KEPT,
  RECOVERY_STEPS,
  type FollowerRecoveries,
  type FollowerRecoveryMeasurement,
  type Notices,
  type ReplicationMeasurements,
} from '../../src/model/replication-measurements';

const NODES = ['a-1', 'a-2', 'b-1'];
const times = fc.nat({ max: 30 });
const maybe = fc.option(times);

/** What a run may measure of leaders and followers; lists are often longer than what a merge of some keeps. */
export function randomReplication(repetition: number): fc.Arbitrary<ReplicationMeasurements> {
  return fc.record({
    failovers: failovers(repetition),
    recoveryPoint: fc.nat({ max: 9 }).map((lostWrites) => ({
      lostWrites,
      runsWithLoss: lostWrites > 0 ? 1 : 0,
      lostWritesMax: lostWrites,
    })),
    dualLeaders: fc.record({
      durations: histograms(['all']).map(({ all }) => all),
      olderSideWrites: fc.nat(),
      olderSideLost: fc.nat(),
    }),
    notices: notices(),
    positions: positions(),
    followerRecoveries: recoveries(repetition),
    servedOperations: served(),
  });
}

function failovers(repetition: number): fc.Arbitrary<ReplicationMeasurements['failovers']> {
  return fc.record({
    count: fc.nat(),
    first: fc
      .array(failover(repetition), { maxLength: 40, size: 'max' })
      .map((list) => firstOf(list, FAILOVERS_KEPT, failoverKey)),
    times: histograms(FAILOVER_PARTS),
  });
}

function failover(repetition: number): fc.Arbitrary<FailoverMeasurement> {
  return fc.record({
    repetition: fc.constant(repetition),
    atMs: times,
    shard: fc.nat({ max: 2 }),
    oldLeader: fc.constantFrom(...NODES),
    newLeader: fc.constantFrom(...NODES),
    epoch: fc.nat({ max: 5 }),
    isFalse: fc.boolean(),
    faultAtMs: maybe,
    detectionMs: maybe,
    electionMs: times,
    promotionMs: times,
    redirectionMs: maybe,
    recoveryMs: maybe,
    lostWrites: fc.nat(),
    lostRanges: fc.constant([{ fromLsn: 3, toLsn: 7 }]),
  });
}

function notices(): fc.Arbitrary<Notices> {
  const counts = fc
    .uniqueArray(fc.record({ kind: fc.constantFrom(...NOTICE_KINDS), count: fc.nat() }), {
      selector: ({ kind }) => kind,
    })
    .map((list) => list.sort(compareBy(noticeKey)));
  return fc.record({ counts, copiedBytes: fc.nat(), discardedEntries: fc.nat() });
}

function positions(): fc.Arbitrary<Positions> {
  const figure = fc.nat({ max: 1e9 });
  const sample = fc.record({
    interval: fc.nat({ max: SERIES_INTERVALS - 1 }),
    place: fc.nat({ max: 2 }),
    position: fc.record({
      node: fc.constant(0),
      upstream: fc.constant(1),
      sentLsn: figure,
      writeLsn: figure,
      flushLsn: figure,
      replayLsn: figure,
      leaderLsn: figure,
      lagBytes: figure,
      lagMs: figure,
    }),
  });
  return fc.array(sample, { maxLength: 8 }).map((samples) => {
    const taken = new CountColumn();
    const replicas = NODES.map(() => new PositionColumns());
    const logs = NODES.map(() => new LogBytesColumn());
    for (const { interval, place, position } of samples) {
      taken.add(interval);
      replicas[place].add(interval, position);
      logs[place].add(interval, position.lagBytes);
    }
    return {
      samples: taken.encode(),
      replicas: replicas
        .map((columns, place) => ({ replica: NODES[place], ...columns.encode() }))
        .sort(compareBy(replicaKey)),
      logBytes: logs
        .map((column, place) => ({ node: NODES[place], ...column.encode() }))
        .sort(compareBy(nodeKey)),
    };
  });
}

function recoveries(repetition: number): fc.Arbitrary<FollowerRecoveries> {
  return fc.record({
    count: fc.nat(),
    first: fc
      .array(recovery(repetition), { maxLength: 40, size: 'max' })
      .map((list) => firstOf(list, FOLLOWER_RECOVERIES_KEPT, followerRecoveryKey)),
    steps: histograms(RECOVERY_STEPS),
  });
}

function recovery(repetition: number): fc.Arbitrary<FollowerRecoveryMeasurement> {
  return fc.record({
    repetition: fc.constant(repetition),
    replica: fc.constantFrom(...NODES),
    shard: fc.nat({ max: 2 }),
    atMs: times,
    downAtMs: maybe,
    restartMs: maybe,
    positionMs: times,
    requestMs: times,
    catchUpMs: times,
    liveMs: times,
    entries: fc.nat(),
    copiedBytes: fc.nat(),
  });
}

function served(): fc.Arbitrary<ReplicationMeasurements['servedOperations']> {
  const entry = {
    node: fc.constantFrom(...NODES),
    kind: fc.constantFrom(...OPERATION_KINDS),
    count: fc.integer({ min: 1, max: 99 }),
  };
  return fc
    .uniqueArray(fc.record(entry), { selector: (label) => servedKey(label).join() })
    .map((list) => list.sort(compareBy(servedKey)));
}

function histograms<Name extends string>(names: readonly Name[]) {
  return fc.array(fc.record({ name: fc.constantFrom(...names), ms: times }), { maxLength: 6 }).map((list) => {
    const parts = new NamedHistograms(names);
    for (const { name, ms } of list) parts.record({ [name]: ms } as Partial<Record<Name, number>>);
    return parts.encode();
  });
}

function firstOf<Entry>(
  entries: readonly Entry[],
  limit: number,
  keyOf: (entry: Entry) => Key,
): readonly Entry[] {
  const first = new FirstFew(limit, keyOf);
  first.add(entries);
  return first.all();
}
