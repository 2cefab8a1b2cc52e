#!/usr/bin/env node
// How long to wait before a silent leader is replaced: plain Node, no packages.
//   node examples/timeout-dilemma.mjs [--timeouts 200,400,800,1600,3200] [--repetitions 40] [http://127.0.0.1:4000]
// Submits timeout-dilemma.json once for each detection time-out and prints the curve: a short one takes a leader that is
// held up by a slow query for dead, and replaces it in vain; with a long one nobody writes for long after a real crash.
import fs from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: {
    timeouts: { type: 'string', default: '200,400,800,1600,3200' },
    repetitions: { type: 'string' },
  },
  allowPositionals: true,
});
const [address = 'http://127.0.0.1:4000'] = positionals;
const timeouts = values.timeouts.split(',').map(Number);
const template = JSON.parse(fs.readFileSync(new URL('timeout-dilemma.json', import.meta.url), 'utf8'));

const SUBMIT = `mutation Submit($input: SubmitExperimentInput!) {
  submitExperiment(input: $input) { experiment { id } userErrors { field message } }
}`;
const RESULT = `query Result($id: ID!) {
  experiment(id: $id) {
    status
    result {
      runCount
      anomalies { kind count }
      failoverCount
      failoverTimes { recovery { count mean } }
      availability { okShare }
    }
  }
}`;

/** A follower that hears nothing for so many heartbeats says that its leader is dead. */
function experiment(timeoutMs) {
  const input = structuredClone(template);
  const { failover } = input.cluster.replication.singleLeader;
  failover.misses = timeoutMs / failover.heartbeatIntervalMs;
  input.name = `${input.name}: ${timeoutMs} ms`;
  if (values.repetitions !== undefined) input.repetitions = Number(values.repetitions);
  return input;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function ask(query, variables) {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return data;
}

async function submit(timeoutMs) {
  const { submitExperiment } = await ask(SUBMIT, { input: experiment(timeoutMs) });
  const { experiment: accepted, userErrors } = submitExperiment;
  if (!accepted) throw new Error(userErrors.map(({ field, message }) => `${field}: ${message}`).join('\n'));
  return accepted.id;
}

async function resultOf(id) {
  for (;;) {
    const { status, result } = (await ask(RESULT, { id })).experiment;
    if (status === 'SUCCEEDED') return result;
    if (status === 'FAILED' || status === 'CANCELLED') throw new Error(`${id} is ${status}.`);
    await pause(200);
  }
}

/** One point of the curve. */
function line(timeoutMs, { runCount, anomalies, failoverCount, failoverTimes, availability }) {
  const vain = Number(anomalies.find(({ kind }) => kind === 'FALSE_FAILOVER').count);
  const { count, mean } = failoverTimes.recovery;
  return {
    'time-out, ms': timeoutMs,
    'failovers a run': Number((failoverCount / runCount).toFixed(2)),
    'false ones': Number((vain / runCount).toFixed(2)),
    'recovery from a crash, ms': mean === null ? null : Math.round(mean),
    'of so many': Number(count),
    'answered ok': `${(100 * availability.okShare).toFixed(2)} %`,
  };
}

const ids = await Promise.all(timeouts.map(submit));
const results = await Promise.all(ids.map(resultOf));
console.table(results.map((result, index) => line(timeouts[index], result)));
