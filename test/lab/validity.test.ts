import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { ask, exampleDocument, listen } from '../support/graphql-client';
import { startLabProcess, type LabProcess } from '../support/lab-process';
import { VALIDITY_CASES } from '../validity/cases';
import { ACKNOWLEDGEMENTS } from '../validity/cases/acknowledgements';
import { EXERCISE_3, LOST_WRITES } from '../validity/cases/lost-writes';
import { STALE_READS } from '../validity/cases/stale-reads';
import type { DoorResult, ValidityCase } from '../validity/validity-case';

const SUBMIT = `mutation Submit($input: SubmitExperimentInput!) {
  submitExperiment(input: $input) { experiment { id } userErrors { code field message } }
}`;
/** Of a machine that is busy with other tests; alone, the slowest takes a few seconds. */
const CASE_MS_MAX = 120_000;
/** The fast tests play them all. */
const REPETITIONS_SHARE = 0.5;

/** How far chance may take a figure: four of the largest standard errors that its case allows. */
const ERRORS_MAX = 4;

let database: TestDatabase;
let lab: LabProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  lab = await startLabProcess({ DATABASE_URL: database.url, WORKERS: '2' });
});
afterAll(async () => {
  await lab.end('SIGTERM');
  await database.drop();
});

describe('what is known of a single leader from elsewhere comes out of a lab', () => {
  const cases = [...ACKNOWLEDGEMENTS, ...STALE_READS, ...LOST_WRITES];

  it('plays them all in the fast tests, too', () => {
    expect(VALIDITY_CASES).toEqual(expect.arrayContaining(cases));
  });

  it.each(cases.map((validityCase) => [validityCase.name, validityCase] as const))(
    '%s',
    async (_, { expected, errorShareMax, experiment, door }) => {
      const repetitions = experiment.repetitions * REPETITIONS_SHARE;
      const result = await resultOf<DoorResult>({ ...experiment, repetitions }, door.selection);
      expect(Math.abs(door.read(result) - expected)).toBeLessThan(ERRORS_MAX * errorShareMax * expected);
    },
    CASE_MS_MAX,
  );
});

describe('exercise 3 of the seed, submitted to a lab', () => {
  it(
    'elects the follower at 1000, loses exactly 20 writes, and takes the old leader back as a follower',
    async () => {
      const result = await resultOf(EXERCISE_3.experiment, EXERCISE_3_SELECTION);
      const runs = EXERCISE_3.experiment.repetitions;
      const failover = {
        oldLeader: 'node-1',
        newLeader: 'node-2',
        isFalse: false,
        lostWrites: '20',
        lostRanges: [{ fromLsn: '1001', toLsn: '1020' }],
      };
      expect(result).toMatchObject({
        failovers: Array.from({ length: runs }, () => failover),
        recoveryPoint: { lostWrites: String(20 * runs), runsWithLoss: runs, lostWritesMax: '20' },
        followerRecoveryCount: String(runs),
        converged: true,
      });
      expect(countOf(result.anomalies, 'LOST_WRITE')).toBe(20 * runs);
      expect(countOf(result.notices.counts, 'TAIL_DISCARDED')).toBe(runs);
      expect(result.replicaPositions[0].intervals.at(-1)).toEqual({ lagWritesMax: 0 });
    },
    CASE_MS_MAX,
  );
});

const EXERCISE_3_SELECTION = `
  failovers { oldLeader newLeader isFalse lostWrites lostRanges { fromLsn toLsn } }
  recoveryPoint { lostWrites runsWithLoss lostWritesMax }
  anomalies { kind count }
  notices { counts { kind count } }
  followerRecoveryCount
  replicaPositions(replica: "node-1") { intervals { lagWritesMax } }
  converged`;

interface Exercise3Result {
  readonly anomalies: readonly KindCount[];
  readonly notices: { readonly counts: readonly KindCount[] };
  readonly replicaPositions: readonly { readonly intervals: readonly object[] }[];
}

interface KindCount {
  readonly kind: string;
  readonly count: string;
}

/** Submits it, follows it to its end, and asks for these figures of its result. */
async function resultOf<Result = Exercise3Result>(
  experiment: ValidityCase['experiment'],
  selection: string,
): Promise<Result> {
  const { data } = await ask(lab.url, SUBMIT, { input: { seed: '1', ...experiment } });
  expect(data?.submitExperiment.userErrors).toEqual([]);
  const { id } = data?.submitExperiment.experiment ?? {};
  await listen(lab.url, exampleDocument('03-progress.graphql'), { id });
  const query = `query Result($id: ID!) { experiment(id: $id) { status result { ${selection} } } }`;
  const answer = await ask(lab.url, query, { id });
  expect(answer).toMatchObject({ data: { experiment: { status: 'SUCCEEDED' } } });
  return answer.data?.experiment.result as Result;
}

function countOf(counts: readonly KindCount[], kind: string): number {
  return Number(counts.find((entry) => entry.kind === kind)?.count);
}
