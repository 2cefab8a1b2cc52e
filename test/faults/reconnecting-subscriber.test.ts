import { afterEach, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { FaultLab } from '../support/fault-lab';

const RUNS = 2499;
/** SUBMITTED, STARTED, two of each run, SUCCEEDED. */
/** Submitted, started, and at least four shards that start and end. */
const EVENTS_MIN = 10;
const EVENTS_UNTIL_DISCONNECT = 1;
const FOLLOW = `subscription($id: ID!, $after: BigInt!) {
  experimentEvents(id: $id, afterSequence: $after) { sequence }
}`;
const TINY = {
  repetitions: RUNS,
  cluster: { name: 'one', nodes: 1, replication: { singleLeader: {} } },
  workload: { durationMs: 10, clients: [{ ratePerSecond: 1000 }] },
  faults: [],
};

let lab: FaultLab;
afterEach(() => lab.stop(), 60_000);

/** The sequences that one connection sees before it breaks off, or before the experiment ends. */
async function connection(url: string, id: string, after: string): Promise<readonly string[]> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const seen: string[] = [];
  for await (const { data } of client.iterate({ query: FOLLOW, variables: { id, after } })) {
    seen.push((data as { experimentEvents: { sequence: string } }).experimentEvents.sequence);
    if (seen.length === EVENTS_UNTIL_DISCONNECT) break;
  }
  client.terminate();
  await client.dispose();
  return seen;
}

it('a subscriber that breaks off after every event, on two API processes, sees each once and in order', async () => {
  lab = await FaultLab.start('POSTGRES');
  const apis = [await lab.addApi(), await lab.addApi()];
  await Promise.all([lab.addWorker(), lab.addWorker()]);
  const id = await lab.submitted(apis[0], TINY);
  const sequences: string[] = [];
  for (let turn = 0; ; turn++) {
    const seen = await connection(apis[turn % 2].url, id, sequences.at(-1) ?? '0');
    if (seen.length === 0) break;
    sequences.push(...seen);
  }
  expect(sequences).toEqual(sequences.map((_, index) => String(index + 1)));
  expect(sequences.length).toBeGreaterThanOrEqual(EVENTS_MIN);
}, 240_000);
