import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { graphql, type ExecutionResult } from 'graphql';
import { createContext } from '../../../src/api/context';
import { buildApiSchema } from '../../../src/api/schema/build-schema';
import type { ExperimentRecord } from '../../../src/experiments/ports/records';
import { ExperimentResult } from '../../../src/experiments/result/experiment-result';
import type { Measurements } from '../../../src/model/measurements';
import { EMPTY_MEASUREMENTS, mergeMeasurements } from '../../../src/model/merge-measurements';
import { PositionColumns } from '../../../src/model/position-columns';
import { leaderCrashSpec } from '../../support/leader-crash-spec';
import { randomRuns } from '../../support/random-measurements';
import { emptyLab } from '../support/labs';

const schema = buildApiSchema();
const DISTRIBUTION =
  'count min max mean p0: quantile(q: 0) p100: quantile(q: 1) buckets(count: 3) { fromMs toMs count }';
const EVERYTHING = `
  runCount convergedRuns converged unapplied cost { messages bytes events logBytes } unrecovered
  operations { total ok failed unknown }
  reads: operations(kind: READ, datacenter: "seoul") { total }
  replicationLag { ${DISTRIBUTION} } visibilityLag { ${DISTRIBUTION} } recoveryTime { ${DISTRIBUTION} } convergenceTime { ${DISTRIBUTION} }
  replicationLagByReplica { replica unapplied histogram { ${DISTRIBUTION} } }
  operationLatency(kind: WRITE, outcome: UNKNOWN) { ${DISTRIBUTION} }
  availability { okShare longestOutageMs outages { repetition datacenter fromMs toMs }
    byDatacenter { datacenter operations okShare } }
  tVisibility { afterMs fromMs toMs reads probability low high } coarse: tVisibility(count: 3) { afterMs }
  tVisibilityMs(probability: 0.99) kStaleness { k orMore reads share }
  series { fromMs toMs operations { total ok failed unknown } okShare answersPerSecond latencyMsMean latencyMsMax
    applies replicationLagMsMean replicationLagMsMax }
  readSeries: series(kind: READ, datacenter: "seoul") { okShare }
  timeline { repetition atMs kind node message }
  anomalies { kind count relevant rate witnesses { explanation repetition atMs operations {
    id kind session datacenter key arrivedAtMs invokedAtMs completedAtMs outcome node
    version { ... on LogVersion { epoch lsn } } } } }
  failoverCount failovers { repetition atMs shard oldLeader newLeader epoch isFalse faultAtMs detectionMs electionMs
    promotionMs redirectionMs recoveryMs lostWrites lostRanges { fromLsn toLsn } }
  failoverTimes { detection { ${DISTRIBUTION} } election { count } promotion { count } redirection { count }
    recovery { ${DISTRIBUTION} } }
  recoveryPoint { lostWrites runsWithLoss lostWritesMax }
  dualLeaders { durations { ${DISTRIBUTION} } totalMs longestMs olderSideWrites olderSideLost }
  notices { counts { kind count } copiedBytes discardedEntries }
  replicaPositions { replica intervals { fromMs toMs samples sentLsnMean writeLsnMean flushLsnMean replayLsnMean
    leaderLsnMean lagBytesMean lagBytesMax lagMsMean lagMsMax lagWritesMean lagWritesMax } }
  logBytesByNode { node bytesMax intervals { fromMs toMs bytesMean } }
  seoulLog: logBytesByNode(node: "seoul-1") { node } seoul: replicaPositions(replica: "seoul-1") { replica }
  followerRecoveryCount followerRecoveries { repetition replica shard atMs downAtMs restartMs positionMs requestMs
    catchUpMs liveMs entries copiedBytes }
  followerRecoverySteps { restart { count } position { count } request { count } catchUp { count } live { count } }
  servedOperations { node kind count share }
  absent { field reason }`;

async function ask(fields: string, measurements: Measurements): Promise<ExecutionResult> {
  const lab = {
    ...emptyLab,
    experimentsById: async () => [experiment],
    result: async () => new ExperimentResult(measurements),
  };
  const contextValue = createContext(lab, { timeoutMs: 5_000, life: 'ANSWER' });
  return graphql({
    schema,
    source: `{ experiment(id: "${experiment.id}") { result { ${fields} } } }`,
    contextValue,
  });
}

describe('a result', () => {
  it('shows whatever was measured, every field of it, without an error', async () => {
    await fc.assert(
      fc.asyncProperty(randomRuns(3), async (runs) => {
        expect(
          (await ask(EVERYTHING, runs.reduce(mergeMeasurements, EMPTY_MEASUREMENTS))).errors,
        ).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it('of nothing has nulls and says why', async () => {
    const { data } = await ask(
      'availability { okShare } replicationLag { p99: quantile(q: 0.99) } absent { field reason }',
      {
        ...EMPTY_MEASUREMENTS,
        runs: 1,
      },
    );
    expect(data).toMatchObject({
      experiment: { result: { availability: { okShare: null }, replicationLag: { p99: null } } },
    });
    expect(JSON.stringify(data)).toContain('{"field":"availability.okShare","reason":"NO_OPERATIONS"}');
  });

  it('names a failover, its parts and what it lost', async () => {
    const failover = {
      ...{ repetition: 2, atMs: 14.5, shard: 0, oldLeader: 'seoul-1', newLeader: 'tokyo-1', epoch: 2 },
      ...{ isFalse: false, faultAtMs: 10, detectionMs: 3, electionMs: 0.5, promotionMs: 1 },
      ...{ redirectionMs: null, recoveryMs: null, lostWrites: 20 },
      lostRanges: [{ fromLsn: 1001, toLsn: 1020 }],
    };
    const { data } = await ask(
      'failovers { repetition oldLeader newLeader detectionMs recoveryMs lostWrites lostRanges { fromLsn toLsn } }',
      { ...EMPTY_MEASUREMENTS, failovers: { ...EMPTY_MEASUREMENTS.failovers, count: 1, first: [failover] } },
    );
    expect(data).toEqual({
      experiment: {
        result: {
          failovers: [
            {
              ...{
                repetition: 2,
                oldLeader: 'seoul-1',
                newLeader: 'tokyo-1',
                detectionMs: 3,
                recoveryMs: null,
              },
              lostWrites: '20',
              lostRanges: [{ fromLsn: '1001', toLsn: '1020' }],
            },
          ],
        },
      },
    });
  });

  it('gives the positions of one replica, or of all', async () => {
    const positions = {
      samples: [1],
      replicas: ['seoul-1', 'tokyo-1'].map((replica) => ({ replica, ...new PositionColumns().encode() })),
      logBytes: [],
    };
    const { data } = await ask(
      'all: replicaPositions { replica } one: replicaPositions(replica: "tokyo-1") { replica }',
      { ...EMPTY_MEASUREMENTS, positions },
    );
    expect(data).toEqual({
      experiment: {
        result: { all: [{ replica: 'seoul-1' }, { replica: 'tokyo-1' }], one: [{ replica: 'tokyo-1' }] },
      },
    });
  });

  it.each([
    ['replicationLag { quantile(q: 1.1) }', 'q'],
    ['replicationLag { quantile(q: -0.1) }', 'q'],
    ['replicationLag { buckets(count: 0) { count } }', 'count'],
    ['replicationLag { buckets(count: 1001) { count } }', 'count'],
    ['tVisibility(count: 0) { afterMs }', 'count'],
    ['tVisibility(count: 1001) { afterMs }', 'count'],
    ['tVisibilityMs(probability: 0)', 'probability'],
    ['tVisibilityMs(probability: 1)', 'probability'],
    ['series(datacenter: "mars") { fromMs }', 'datacenter'],
    ['operations(datacenter: "mars") { total }', 'datacenter'],
    ['replicaPositions(replica: "mars-1") { replica }', 'replica'],
    ['logBytesByNode(node: "") { node }', 'node'],
    ['operationLatency(kind: READ, datacenter: "") { count }', 'datacenter'],
  ])('refuses %s at the argument', async (fields, argument) => {
    const { errors = [] } = await ask(fields, EMPTY_MEASUREMENTS);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: [argument] } }]);
  });
});

const experiment: ExperimentRecord = {
  id: 'exp_01hzzzzzzzzzzzzzzzzzzzzzzz',
  name: 'leader crash',
  status: 'SUCCEEDED',
  clusterId: null,
  spec: leaderCrashSpec(),
  seed: 42n,
  repetitions: 3,
  runCount: 3,
  completedRuns: 3,
  engineVersion: '1',
  lastSequence: 9n,
  createdAt: new Date(0),
  startedAt: new Date(1),
  finishedAt: new Date(2),
};
