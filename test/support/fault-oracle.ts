import { RUN_BYTES, unpackRun } from '../../src/db/packed-runs';
import { HISTORIES_KEPT } from '../../src/experiments/run/history/histories-kept';
import { startRun } from '../../src/experiments/run/start-run';
import { EXPERIMENT, type FaultLab } from './fault-lab';
import { resolveExperimentInput } from './submissions';

interface ShardRow {
  readonly status: string;
  readonly lease: Date | null;
  readonly results: string;
  readonly runCount: number;
  /** Of its result, if it has one. */
  readonly runs: Uint8Array | null;
}

/**
 * What must hold after every fault: each run of the experiment ended once, with the bytes of a fault-free run; its events
 * are 1 … n; no lease is left, and one history of each run that has one to keep.
 */
export async function violations(
  lab: FaultLab,
  id: string,
  changes: object = {},
): Promise<readonly string[]> {
  const input = { ...EXPERIMENT, ...changes };
  const repetitions = 'repetitions' in input ? Number(input.repetitions) : 1;
  const found: string[] = [];
  const say = (holds: boolean, text: string): void => {
    if (!holds) found.push(text);
  };
  const shards = await lab.query<ShardRow>(
    `SELECT s."status"::text, s."leaseUntil" AS lease, s."runCount", r."runs",
       (SELECT count(*) FROM "ShardResult" WHERE "shardId" = s."id") AS results
     FROM "Shard" s LEFT JOIN "ShardResult" r ON r."shardId" = s."id"
     WHERE s."experimentId" = $1 ORDER BY s."firstRepetition"`,
    [id],
  );
  const runs = shards.reduce((sum, { runCount }) => sum + runCount, 0);
  say(runs === repetitions, `there are ${runs} runs in shards for ${repetitions} runs`);
  say(
    shards.every(({ status }) => status === 'SUCCEEDED'),
    `shards ended as ${shards.map(({ status }) => status).join()}`,
  );
  say(
    shards.every(({ results }) => results === '1'),
    'a shard has not exactly one result',
  );
  say(
    shards.every(({ lease }) => lease === null),
    'a lease is left',
  );
  const hashes = shards.flatMap(hashesOf);
  const expected = await faultFreeHashes(input, repetitions);
  say(
    JSON.stringify(hashes) === JSON.stringify(expected),
    `results differ: ${hashes.join()} instead of ${expected.join()}`,
  );
  const histories = await lab.query<{ repetition: number }>(
    `SELECT h."repetition" FROM "RunHistory" h JOIN "Shard" s ON s."id" = h."shardId"
     WHERE s."experimentId" = $1 ORDER BY h."repetition"`,
    [id],
  );
  say(
    histories.map(({ repetition }) => repetition).join() === firstRepetitions(repetitions),
    `histories are left of the repetitions ${histories.map(({ repetition }) => repetition).join()}`,
  );
  const events = await lab.query<{ sequence: string; kind: string; runCount: number | null }>(
    'SELECT "sequence", "kind"::text, "runCount" FROM "ExperimentEvent" WHERE "experimentId" = $1 ORDER BY "sequence"',
    [id],
  );
  say(
    events.every(({ sequence }, index) => sequence === String(index + 1)),
    'the events have a gap',
  );
  for (const [kind, times] of [
    ['SUBMITTED', 1],
    ['STARTED', 1],
    ['RUN_SUCCEEDED', repetitions],
    ['SUCCEEDED', 1],
  ] as const) {
    const told = events.filter((event) => event.kind === kind);
    const count = told.reduce((sum, event) => sum + (event.runCount ?? 1), 0);
    say(count === times, `events ${kind} do not tell of ${times}`);
  }
  return found;
}

/** Of which one history each is kept, and of no lost lease another. */
function firstRepetitions(repetitions: number): string {
  return [...Array(Math.min(repetitions, HISTORIES_KEPT)).keys()].join();
}

/** Of each run of a shard: what was measured, and what happened. */
function hashesOf({ runs, runCount }: ShardRow): readonly string[] {
  if (runs === null) return [];
  return Array.from({ length: runCount }, (_, run) => {
    const { resultHash, runHash } = unpackRun(runs.subarray(run * RUN_BYTES, (run + 1) * RUN_BYTES));
    return `${resultHash} ${runHash ?? 'without a run hash'}`;
  });
}

const known = new Map<string, readonly string[]>();

/** The hashes of the same runs played here, without a lab around them. */
async function faultFreeHashes(input: object, repetitions: number): Promise<readonly string[]> {
  const key = JSON.stringify(input);
  const hashes = known.get(key) ?? (await played(input, repetitions));
  known.set(key, hashes);
  return hashes;
}

async function played(input: object, repetitions: number): Promise<readonly string[]> {
  const { resolved } = await resolveExperimentInput(input);
  if (resolved === null) throw new Error('the experiment under test is not valid');
  return Array.from({ length: repetitions }, (_, repetition) => {
    const run = startRun({ spec: resolved.spec, seed: resolved.seed, repetition });
    run.advance(Infinity);
    const { resultHash, summary } = run.finish();
    return `${resultHash} ${summary.runHash}`;
  });
}
