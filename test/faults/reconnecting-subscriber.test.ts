import { afterEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import WebSocket from 'ws';
import { transaction } from '../../src/db/connection';
import { pauseExperiment, resumeExperiment } from '../../src/db/shards/control';
import type { ExperimentId } from '../../src/model/ids';
import { FaultLab } from '../support/fault-lab';

const DISCONNECTS_MIN = 200;
const EVENTS_MIN = 10_000;
/** Each pause and each resumption is an event of its own. */
const PAUSES = EVENTS_MIN / 2;
/** How many a connection sees before it breaks off: forty on average. */
const eventsUntilBreak = fc.integer({ min: 1, max: 80 });
const SEED = 20_261_128;
const FOLLOW = `subscription($id: ID!, $after: BigInt!) {
  experimentEvents(id: $id, afterSequence: $after) { sequence }
}`;
const SHORT = {
  repetitions: 20,
  workload: { durationMs: 1000, clients: [{ ratePerSecond: 1000 }] },
  faults: [],
};

let lab: FaultLab;
afterEach(() => lab.stop(), 60_000);

interface Connection {
  readonly id: string;
  readonly after: string;
  readonly eventsMax: number;
}

/** The sequences that one connection sees before it breaks off, or before the experiment ends. */
async function connection(url: string, { id, after, eventsMax }: Connection): Promise<readonly string[]> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const seen: string[] = [];
  for await (const { data } of client.iterate({ query: FOLLOW, variables: { id, after } })) {
    seen.push((data as { experimentEvents: { sequence: string } }).experimentEvents.sequence);
    if (seen.length === eventsMax) break;
  }
  client.terminate();
  await client.dispose();
  return seen;
}

/** Pauses it and lets it go on again, each in a transaction of its own, as the API does. */
async function pauseAgainAndAgain(id: ExperimentId): Promise<void> {
  const pool = new pg.Pool({ connectionString: lab.databaseUrl, max: 1 });
  try {
    for (let pause = 0; pause < PAUSES; pause++) {
      await transaction(pool, (sql) => pauseExperiment(sql, id));
      await transaction(pool, (sql) => resumeExperiment(sql, id));
    }
  } finally {
    await pool.end();
  }
}

it('a subscriber that breaks off 200 times during 10,000 events, on two API processes, sees each once and in order', async () => {
  lab = await FaultLab.start('POSTGRES');
  const apis = [await lab.addApi(), await lab.addApi()];
  const id = (await lab.submitted(apis[0], SHORT)) as ExperimentId;
  const told = pauseAgainAndAgain(id).then(() => lab.addWorker());
  const sequences: string[] = [];
  let connections = 0;
  for (const eventsMax of fc.sample(eventsUntilBreak, { seed: SEED, numRuns: EVENTS_MIN })) {
    const after = sequences.at(-1) ?? '0';
    const seen = await connection(apis[connections % 2].url, { id, after, eventsMax });
    if (seen.length === 0) break;
    connections++;
    sequences.push(...seen);
  }
  await told;
  expect(sequences).toEqual(sequences.map((_, index) => String(index + 1)));
  expect(sequences.length).toBeGreaterThan(EVENTS_MIN);
  expect(connections).toBeGreaterThan(DISCONNECTS_MIN);
}, 240_000);
