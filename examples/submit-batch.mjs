#!/usr/bin/env node
// Submits a batch of small experiments and waits for all of them: plain Node, no packages.
//   node examples/submit-batch.mjs [--count 2000] [--name nightly] http://127.0.0.1:4000 [more API addresses]
// Each submission has an idempotency key made of the batch's name and its number, so a request that got no answer is
// simply sent again, to the next address, and running the script again with the same name submits nothing twice.
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    name: { type: 'string', default: `batch-${Date.now()}` },
  },
  allowPositionals: true,
});
const addresses = positionals.length > 0 ? positionals : ['http://127.0.0.1:4000'];
const count = Number(values.count);
const AT_ONCE = 16;
const ATTEMPTS_MAX = 30;

const SUBMIT = `mutation Submit($input: SubmitExperimentInput!) {
  submitExperiment(input: $input) { experiment { id } userErrors { field message } }
}`;
const PAGE = `query Page($after: String) {
  experiments(first: 100, after: $after) { nodes { id name status } pageInfo { hasNextPage endCursor } }
}`;

function experiment(number) {
  return {
    name: `${values.name} ${number}`,
    idempotencyKey: `${values.name}-${number}`,
    seed: String(number),
    cluster: { name: 'pair', nodes: 2, replication: { singleLeader: { reads: { policy: 'ANY_FOLLOWER' } } } },
    workload: { durationMs: 1000, clients: [{ sessions: 10, ratePerSecond: 200 }] },
  };
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends a request until somebody answers it; errors that cannot be retried end the script. */
async function ask(query, variables, first = 0) {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const address = addresses[(first + attempt) % addresses.length];
    const answer = await post(address, query, variables).catch((error) => ({ unreachable: error }));
    if (answer.data) return answer.data;
    const errors = answer.errors ?? [];
    if (errors.some(({ extensions }) => !extensions?.retryable))
      throw new Error(errors.map(({ message }) => message).join('\n'));
    await pause(100 * (attempt + 1));
  }
  throw new Error(`No answer from ${addresses.join(', ')} in ${ATTEMPTS_MAX} attempts.`);
}

async function post(address, query, variables) {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

async function submitAll() {
  const ids = new Set();
  let next = 0;
  const submitter = async () => {
    while (next < count) {
      const number = next++;
      const { submitExperiment } = await ask(SUBMIT, { input: experiment(number) }, number);
      const { experiment: accepted, userErrors } = submitExperiment;
      if (!accepted)
        throw new Error(userErrors.map(({ field, message }) => `${field}: ${message}`).join('\n'));
      ids.add(accepted.id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, submitter));
  return ids;
}

/** How many of the batch are in which status. */
async function statuses(ids) {
  const tally = {};
  let after = null;
  for (let seen = 0; seen < ids.size;) {
    const { experiments } = await ask(PAGE, { after });
    for (const { id, status } of experiments.nodes) {
      if (!ids.has(id)) continue;
      seen++;
      tally[status] = (tally[status] ?? 0) + 1;
    }
    if (!experiments.pageInfo.hasNextPage) break;
    after = experiments.pageInfo.endCursor;
  }
  return tally;
}

const began = Date.now();
const seconds = () => ((Date.now() - began) / 1000).toFixed(1);
const ids = await submitAll();
console.log(`${ids.size} experiments accepted in ${seconds()} s`);
for (;;) {
  const tally = await statuses(ids);
  const ended = (tally.SUCCEEDED ?? 0) + (tally.FAILED ?? 0) + (tally.CANCELLED ?? 0);
  if (ended === ids.size) {
    console.log(`all ended after ${seconds()} s: ${JSON.stringify(tally)}`);
    process.exit(tally.SUCCEEDED === count ? 0 : 1);
  }
  await pause(1000);
}
