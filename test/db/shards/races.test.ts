import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ShardId } from '../../../src/model/ids';
import type { Claim } from '../../../src/experiments/ports/records';
import type { NewExperiment } from '../../../src/experiments/ports/stores';
import { CRASH_RULE, newExperiment, outcomeOf, shardIds } from '../../support/sample-experiment';
import { useDatabase } from '../../support/open-test-database';

const lab = useDatabase();
const LEASE_MS = 60_000;
const RECLAIM = { crashRule: CRASH_RULE, limit: 1000 };
const SHARDS = 40;

const oneTo = (last: number): string[] => Array.from({ length: last }, (_, index) => String(index + 1));

async function sequencesOf(experiment: NewExperiment): Promise<string[]> {
  return (await lab().eventsOf(experiment)).map(({ sequence }) => sequence.toString());
}

async function shardRows(
  experiment: NewExperiment,
): Promise<{ id: ShardId; status: string; results: number }[]> {
  return lab().select(
    `SELECT "id", "status", count("shardId")::int AS results FROM "Shard" LEFT JOIN "ShardResult" ON "shardId" = "id"
     WHERE "experimentId" = $1 GROUP BY "id"`,
    [experiment.id],
  );
}

describe('finishes of one experiment at once', () => {
  it('leave sequences without gap or repeat, and one end', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: SHARDS }));
    const claims = await lab().claimAll(experiment);
    await Promise.all(claims.map((claim) => lab().database.shards.finish(claim, outcomeOf(claim))));
    expect(await sequencesOf(experiment)).toEqual(oneTo(2 + 2 * SHARDS + 1));
    const ends = (await lab().kindsOf(experiment)).filter((kind) => kind === 'SUCCEEDED');
    expect(ends).toEqual(['SUCCEEDED']);
  });

  it('twice each give one result each', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: SHARDS }));
    const claims = await lab().claimAll(experiment);
    const twice = [...claims, ...claims].map((claim) =>
      lab().database.shards.finish(claim, outcomeOf(claim)),
    );
    expect((await Promise.all(twice)).filter((written) => written)).toHaveLength(SHARDS);
  });
});

describe('a finish that races with the reconciler', () => {
  it('is either written or reclaimed, never both and never neither', async () => {
    const experiment = await lab().submit(newExperiment({ repetitions: SHARDS }));
    const claims: Claim[] = [];
    for (const id of shardIds(experiment)) claims.push(await lab().claim(id, 'ENDED'));
    const finishes = claims.map((claim) => lab().database.shards.finish(claim, outcomeOf(claim)));
    const [{ jobs }, written] = await Promise.all([
      lab().database.shards.reclaimExpired(RECLAIM),
      Promise.all(finishes),
    ]);
    const finished = claims.filter((_, index) => written[index]).map(({ shardId }) => shardId);
    expect([...finished, ...jobs.map(({ shardId }) => shardId)].sort()).toEqual(shardIds(experiment).sort());
  });
});

const STEPS = ['CLAIM', 'LOSE_LEASE', 'RENEW', 'FINISH', 'CRASH', 'RELEASE', 'RECLAIM'] as const;
const step = fc.record({ kind: fc.constantFrom(...STEPS), shard: fc.nat({ max: 2 }) });
type Step = { kind: (typeof STEPS)[number]; shard: number };

/** Workers that know of their newest claims only, as chaotic as they like. */
class Chaos {
  private readonly claims = new Map<ShardId, Claim>();

  async play({ kind, shard }: Step, ids: readonly ShardId[]): Promise<unknown> {
    const { shards } = lab().database;
    const id = ids[shard] ?? 'shd_none';
    if (kind === 'RECLAIM') return shards.reclaimExpired(RECLAIM);
    if (kind === 'CLAIM' || kind === 'LOSE_LEASE') return this.claim(id, kind === 'CLAIM' ? 'LIVE' : 'ENDED');
    const claim = this.claims.get(id);
    if (claim === undefined) return null;
    if (kind === 'FINISH') return shards.finish(claim, outcomeOf(claim));
    if (kind === 'CRASH') return shards.crash(claim, 'chaos', CRASH_RULE);
    if (kind === 'RELEASE') return shards.release(claim);
    return shards.renew(claim, LEASE_MS, { fraction: 0.5, simulatedOperations: 1 });
  }

  private async claim(id: ShardId, lease: 'LIVE' | 'ENDED'): Promise<void> {
    const claim = await lab().tryClaim(id, lease);
    if (claim !== null) this.claims.set(id, claim);
  }
}

/** What an orderly fleet would do in the end. */
async function workOff(experiment: NewExperiment): Promise<void> {
  await lab().select(`UPDATE "Shard" SET "leaseUntil" = now() - interval '1 s' WHERE "status" = 'RUNNING'`);
  await lab().database.shards.reclaimExpired(RECLAIM);
  for (const id of shardIds(experiment)) {
    const claim = await lab().tryClaim(id);
    if (claim !== null) await lab().database.shards.finish(claim, outcomeOf(claim));
  }
}

describe('any order of claims, crashes, ends and hand-backs, four at a time', () => {
  it('ends with one result or reason for each shard, one end, and sequences without gap', async () => {
    const holds = async (steps: Step[]): Promise<void> => {
      const experiment = await lab().submit(newExperiment({ repetitions: 3 }));
      const chaos = new Chaos();
      for (let at = 0; at < steps.length; at += 4) {
        await Promise.all(steps.slice(at, at + 4).map((next) => chaos.play(next, shardIds(experiment))));
      }
      await workOff(experiment);
      const rows = await shardRows(experiment);
      for (const { status, results } of rows) expect(results).toBe(status === 'SUCCEEDED' ? 1 : 0);
      const failed = rows.some(({ status }) => status === 'FAILED');
      const kinds = await lab().kindsOf(experiment);
      const ends = kinds.filter((kind) => kind === 'SUCCEEDED' || kind === 'FAILED');
      expect(ends).toEqual([failed ? 'FAILED' : 'SUCCEEDED']);
      expect(kinds.at(-1)).toBe(ends[0]);
      expect(await sequencesOf(experiment)).toEqual(oneTo(kinds.length));
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 24 }), holds), { numRuns: 60 });
  });
});
