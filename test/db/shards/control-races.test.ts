import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ShardId } from '../../../src/model/ids';
import { isTerminal } from '../../../src/model/status';
import type { Claim } from '../../../src/experiments/ports/records';
import type { NewExperiment } from '../../../src/experiments/ports/stores';
import { CRASH_RULE, newExperiment, outcomeOf, shardIds } from '../../support/sample-experiment';
import { useDatabase } from '../../support/open-test-database';

const lab = useDatabase();
const LEASE_MS = 60_000;
const RECLAIM = { crashRule: CRASH_RULE, limit: 1000 };
const ROUNDS = 200;
const AT_ONCE = 5;
const NOT_IN_PLAY = 'shd_none';

interface ShardRow {
  readonly id: ShardId;
  readonly status: string;
  readonly first: number;
  readonly runs: number;
  readonly results: number;
}

async function shardRows({ id }: NewExperiment): Promise<ShardRow[]> {
  return lab().select(
    `SELECT "id", "status", "firstRepetition" AS first, "runCount" AS runs, count("shardId")::int AS results
     FROM "Shard" LEFT JOIN "ShardResult" ON "shardId" = "id" WHERE "experimentId" = $1 GROUP BY "id" ORDER BY first`,
    [id],
  );
}

async function statusOf({ id }: NewExperiment): Promise<string> {
  const [record] = await lab().database.experiments.findMany([id]);
  return record?.status ?? 'NOT_FOUND';
}

async function expectGaplessLog(experiment: NewExperiment, end: string): Promise<void> {
  const events = await lab().eventsOf(experiment);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => BigInt(index + 1)));
  const ends = events.filter(({ kind }) => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(kind));
  expect(ends.map(({ kind }) => kind)).toEqual([end]);
  expect(events.at(-1)?.kind).toBe(end);
}

/** A cancel meets the end of the only run: by its result, by its worker's answer to the cancel, or both. */
async function raceOfCancelAndFinish(): Promise<string> {
  const experiment = await lab().submit(newExperiment());
  const claim = await lab().claim(shardIds(experiment)[0] ?? NOT_IN_PLAY);
  const [, written] = await Promise.all([
    lab().database.experiments.cancel(experiment.id),
    lab().database.shards.finish(claim, outcomeOf(claim)),
    lab().database.experiments.cancel(experiment.id),
  ]);
  expect(written).toBe(true);
  const end = await statusOf(experiment);
  await expectGaplessLog(experiment, end);
  expect(await shardRows(experiment)).toMatchObject([{ status: 'SUCCEEDED', results: 1 }]);
  return end;
}

/** A cancel meets a claim, and the worker that got it stops or finishes. */
async function raceOfCancelAndClaim(): Promise<string> {
  const experiment = await lab().submit(newExperiment());
  const [id = NOT_IN_PLAY] = shardIds(experiment);
  const [, claim] = await Promise.all([lab().database.experiments.cancel(experiment.id), lab().tryClaim(id)]);
  if (claim !== null) {
    const [released, finished] = await Promise.all([
      lab().database.shards.release(claim),
      lab().database.shards.finish(claim, outcomeOf(claim)),
    ]);
    expect([released, finished].filter((written) => written)).toHaveLength(1);
  }
  const end = await statusOf(experiment);
  await expectGaplessLog(experiment, end);
  const [shard] = await shardRows(experiment);
  expect(shard).toMatchObject({ status: end, results: end === 'SUCCEEDED' ? 1 : 0 });
  return end;
}

async function rounds(race: () => Promise<string>): Promise<string[]> {
  const ends: string[] = [];
  while (ends.length < ROUNDS) ends.push(...(await Promise.all(Array.from({ length: AT_ONCE }, race))));
  return ends;
}

describe('a cancel that races', () => {
  it('with finishes leaves each experiment with one end, and every result that was written', async () => {
    expect(new Set(await rounds(raceOfCancelAndFinish))).toEqual(new Set(['SUCCEEDED']));
  }, 60_000);

  it('with claims leaves one end: the result of the worker or the cancel, never both', async () => {
    expect(await rounds(raceOfCancelAndClaim)).toContain('CANCELLED');
  }, 60_000);
});

const STEPS = [
  ...(['CLAIM', 'CLAIM', 'LOSE_LEASE', 'RENEW', 'FINISH', 'CRASH', 'RELEASE', 'RECLAIM'] as const),
  ...(['PAUSE', 'RESUME'] as const),
];
type StepKind = (typeof STEPS)[number] | 'CANCEL';
interface Step {
  readonly kind: StepKind;
  readonly shard: number;
}

const shard = fc.nat({ max: 5 });
const pausing: fc.Arbitrary<Step> = fc.record({ kind: fc.constantFrom(...STEPS), shard });
const cancelling: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: pausing },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('CANCEL' as const), shard }) },
);

/** Users and workers, each as chaotic as they like; a worker obeys what its renewal tells it. */
class Chaos {
  private readonly claims = new Map<ShardId, Claim>();

  constructor(private readonly experiment: NewExperiment) {}

  async play({ kind, shard: index }: Step): Promise<unknown> {
    const { shards, experiments } = lab().database;
    const { id: experimentId } = this.experiment;
    if (kind === 'CANCEL') return experiments.cancel(experimentId);
    if (kind === 'PAUSE') return experiments.pause(experimentId);
    if (kind === 'RESUME') return experiments.resume(experimentId);
    if (kind === 'RECLAIM') return shards.reclaimExpired(RECLAIM);
    const rows = await shardRows(this.experiment);
    const id = rows[index % rows.length]?.id ?? NOT_IN_PLAY;
    if (kind === 'CLAIM' || kind === 'LOSE_LEASE') return this.claim(id, kind === 'CLAIM' ? 'LIVE' : 'ENDED');
    const claim = this.claims.get(id);
    return claim === undefined ? null : this.work(kind, claim);
  }

  private async work(kind: StepKind, claim: Claim): Promise<unknown> {
    const { shards } = lab().database;
    if (kind === 'FINISH') return shards.finish(claim, outcomeOf(claim));
    if (kind === 'CRASH') return shards.crash(claim, 'chaos', CRASH_RULE);
    if (kind === 'RELEASE') return shards.release(claim);
    const state = await shards.renew(claim, LEASE_MS, { fraction: 0.5, simulatedOperations: 1 });
    return state === 'CANCEL' || state === 'PAUSE' ? shards.release(claim) : state;
  }

  private async claim(id: ShardId, lease: 'LIVE' | 'ENDED'): Promise<void> {
    const claim = await lab().tryClaim(id, lease);
    if (claim !== null) this.claims.set(id, claim);
  }
}

/** What an orderly fleet and user would do in the end. */
async function workOff(experiment: NewExperiment): Promise<void> {
  await lab().database.experiments.resume(experiment.id);
  await lab().select(
    `UPDATE "Shard" SET "leaseUntil" = now() - interval '1 s' WHERE "leaseUntil" IS NOT NULL`,
  );
  await lab().database.shards.reclaimExpired(RECLAIM);
  for (const { id } of await shardRows(experiment)) {
    const claim = await lab().tryClaim(id);
    if (claim !== null) await lab().database.shards.finish(claim, outcomeOf(claim));
  }
}

/** Each run in one shard, each shard with one end, each result once; the experiment's end follows from theirs. */
async function expectNothingLostOrRepeated(experiment: NewExperiment): Promise<void> {
  const rows = await shardRows(experiment);
  let next = 0;
  for (const row of rows) {
    expect(row.first).toBe(next);
    next += row.runs;
    expect(row.results).toBe(row.status === 'SUCCEEDED' ? 1 : 0);
  }
  expect(next).toBe(experiment.repetitions);
  const statuses = new Set(rows.map(({ status }) => status));
  const [counts] = await lab().select(
    'SELECT "completedRuns", "failedRuns", "cancelledRuns" FROM "Experiment" WHERE "id" = $1',
    [experiment.id],
  );
  const runsWith = (status: string): number =>
    rows.filter((row) => row.status === status).reduce((sum, { runs }) => sum + runs, 0);
  expect(counts).toEqual({
    completedRuns: experiment.repetitions,
    failedRuns: runsWith('FAILED'),
    cancelledRuns: runsWith('CANCELLED'),
  });
  const end = await statusOf(experiment);
  if (statuses.has('CANCELLED')) expect(end).toBe('CANCELLED');
  else expect(['SUCCEEDED', statuses.has('FAILED') ? 'FAILED' : 'SUCCEEDED', 'CANCELLED']).toContain(end);
  if (statuses.size === 1 && statuses.has('SUCCEEDED')) expect(end).toBe('SUCCEEDED');
  await expectGaplessLog(experiment, end);
}

describe('any order of pauses, resumes, claims, crashes, halvings and ends, four at a time', () => {
  it.each([
    ['without a cancel', pausing],
    ['with cancels', cancelling],
  ])(
    '%s loses and repeats no run',
    async (_, step) => {
      const holds = async (steps: Step[]): Promise<void> => {
        const experiment = await lab().submit(newExperiment({ repetitions: 5, runsPerShard: 3 }));
        const chaos = new Chaos(experiment);
        let fraction = 0;
        for (let at = 0; at < steps.length; at += 4) {
          await Promise.all(steps.slice(at, at + 4).map((next) => chaos.play(next)));
          const progress = await lab().database.experiments.progress(experiment.id);
          expect(progress?.fraction).toBeGreaterThanOrEqual(fraction);
          fraction = progress?.fraction ?? 0;
          expect(fraction === 1).toBe(isTerminal(progress?.status ?? 'QUEUED'));
        }
        await workOff(experiment);
        await expectNothingLostOrRepeated(experiment);
      };
      await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), holds), { numRuns: 60 });
    },
    120_000,
  );
});
