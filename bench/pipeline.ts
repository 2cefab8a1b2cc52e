import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { resolveExperiment } from '../src/experiments/spec/resolve-experiment';
import { startRun } from '../src/experiments/run/start-run';
import { PROJECT_FOLDER } from '../src/lab/places';
import { parseExperimentId, runId } from '../src/model/ids';
import { Problems } from '../src/model/problem';
import { Fields } from '../src/model/spec/fields';
import { playShare, type Played, type Share } from './pipeline-bare';
import { processorSeconds } from './process-time';

/**
 * What the pipeline costs beside the simulation: `npm run bench:pipeline -- --runs 10000 --pairs 1`.
 *
 * The same runs go through GraphQL, the queue, workers and Postgres, and through the bare engine (nobody watches, nothing
 * is stored) in as many processes as there are workers. Results are compared before times: all events of all runs, and
 * the hashes of some runs that are simulated here once more.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    pairs: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const RUNS = Number(values.runs);
const CORES = os.availableParallelism();
const SAMPLES = 10;
const SEED = '7';

/** A thousand operations a run, at a leader and two followers of which one crashes. */
const INPUT = {
  cluster: {
    name: 'pipeline',
    datacenters: ['a', 'b', 'c'].map((name) => ({ name, nodes: 1 })),
    links: [
      { between: ['a', 'b'], latency: { lognormal: { medianMs: 15, sigma: 0.2 } } },
      { between: ['a', 'c'], latency: { lognormal: { medianMs: 50, sigma: 0.2 } } },
      { between: ['b', 'c'], latency: { lognormal: { medianMs: 45, sigma: 0.2 } } },
    ],
    replication: {
      singleLeader: { leaderDatacenter: 'a', reads: { policy: 'NEAREST' }, failover: { enabled: false } },
    },
  },
  workload: {
    durationMs: 4000,
    clients: ['a', 'c'].map((datacenter) => ({ datacenter, sessions: 30, ratePerSecond: 125 })),
    keys: { count: 1000, distribution: { zipfian: { exponent: 0.99 } } },
  },
  faults: [{ crash: { node: 'b-1', atMs: 1300, restartAfterMs: 400 } }],
  repetitions: RUNS,
  seed: SEED,
};

interface Measured {
  readonly seconds: number;
  readonly events: number;
  /** Of all processes; null where it is not known. */
  readonly processorSeconds: number | null;
}

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-bench-'));
  const lab = await startLab(folder);
  try {
    // Workers connect, load what they run and warm up before anything is measured.
    await throughPipeline(lab, { name: 'warm-up', repetitions: 40 });
    for (let pair = 1; pair <= Number(values.pairs); pair++) await measurePair(lab, pair);
  } finally {
    lab.process.kill('SIGTERM');
    await once(lab.process, 'exit');
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function measurePair(lab: StartedLab, pair: number): Promise<void> {
  const piped = await throughPipeline(lab, { name: `pair ${pair}`, repetitions: RUNS });
  const bare = await onBareEngine();
  if (piped.events !== bare.events) throw new Error(`${piped.events} events instead of ${bare.events}`);
  const more = piped.seconds - bare.seconds;
  const figures = {
    runs: RUNS,
    cores: CORES,
    events: bare.events,
    bareSeconds: bare.seconds,
    pipelineSeconds: piped.seconds,
    secondsMore: more,
    bareProcessorSeconds: bare.processorSeconds,
    pipelineProcessorSeconds: piped.processorSeconds,
    coreMillisecondsMorePerRun: (more * CORES * 1000) / RUNS,
    shareOfBare: bare.seconds / piped.seconds,
  };
  console.log(values.json ? JSON.stringify(figures) : inWords(figures));
}

function inWords(figures: Readonly<Record<string, number | null>>): string {
  const shown = (name: string): string => figures[name]?.toFixed(2) ?? 'unknown';
  return [
    `${figures.runs} runs on ${figures.cores} cores, results equal:`,
    `bare engine ${shown('bareSeconds')} s, pipeline ${shown('pipelineSeconds')} s, so ${shown('secondsMore')} s more,`,
    `${shown('coreMillisecondsMorePerRun')} ms of a core a run;`,
    `processor time ${shown('bareProcessorSeconds')} s and ${shown('pipelineProcessorSeconds')} s`,
  ].join(' ');
}

/** From the submission until the last run has ended, by the clock of the database. */
async function throughPipeline(
  { url, process: { pid = 0 } }: StartedLab,
  changes: object,
): Promise<Measured> {
  const before = processorSeconds(pid);
  const submitted = await ask(url, SUBMIT, { input: { ...INPUT, ...changes } });
  const id = String(submitted.submitExperiment.experiment?.id);
  for (;;) {
    const { experiment } = await ask(url, LOOK, { id });
    if (experiment.status === 'SUCCEEDED') {
      const after = processorSeconds(pid);
      const { result } = (await ask(url, RESULT, { id })).experiment;
      await compareHashes(url, id, experiment.runCount);
      const ms = Date.parse(experiment.finishedAt) - Date.parse(experiment.createdAt);
      return {
        seconds: ms / 1000,
        events: Number(result.cost.events),
        processorSeconds: before === null || after === null ? null : after - before,
      };
    }
    if (experiment.status === 'FAILED') throw new Error('the experiment failed');
    await delay(500);
  }
}

async function compareHashes(url: string, id: string, runs: number): Promise<void> {
  const spec = await resolvedSpec();
  const experimentId = parseExperimentId(id);
  if (experimentId === null) throw new Error(`the experiment was refused`);
  for (let sample = 0; sample < SAMPLES; sample++) {
    const repetition = Math.floor((sample * runs) / SAMPLES);
    const run = startRun({ spec, seed: BigInt(SEED), repetition });
    run.advance(Infinity);
    const stored = await ask(url, RUN, { id: runId({ experimentId, point: 0, repetition }) });
    if (stored.run.resultHash !== run.finish().resultHash)
      throw new Error(`run ${repetition} has another result`);
  }
}

async function onBareEngine(): Promise<Measured> {
  const spec = await resolvedSpec();
  const players = Array.from({ length: CORES }, () => fork(__filename, []));
  await Promise.all(players.map((player) => once(player, 'message')));
  const began = performance.now();
  const shares = players.map(async (player, index) => {
    const first = Math.floor((index * RUNS) / CORES);
    const end = Math.floor(((index + 1) * RUNS) / CORES);
    const share: Share = { spec, seed: SEED, first, end };
    player.send(share);
    const [played] = (await once(player, 'message')) as [Played];
    return played;
  });
  const played = await Promise.all(shares);
  const sumOf = (figure: keyof Played): number => played.reduce((sum, each) => sum + each[figure], 0);
  const seconds = (performance.now() - began) / 1000;
  return { seconds, events: sumOf('events'), processorSeconds: sumOf('processorSeconds') };
}

async function resolvedSpec(): Promise<Share['spec']> {
  const problems = Problems.none();
  const fields = new Fields({ ...INPUT, name: 'pipeline' }, problems);
  const resolved = await resolveExperiment(fields, { findMany: async () => [] });
  if (resolved === null || problems.count > 0) throw new Error(JSON.stringify(problems.all));
  return resolved.spec;
}

interface StartedLab {
  readonly url: string;
  readonly process: ChildProcess;
}

/** A lab of its own with an embedded Postgres in that folder, and a worker for each core. */
async function startLab(folder: string): Promise<StartedLab> {
  const lab = spawn(process.execPath, [path.join(PROJECT_FOLDER, 'dist', 'src', 'main.js')], {
    env: {
      ...process.env,
      ...{ PORT: '0', WORKERS: String(CORES), LOG_LEVEL: 'warn' },
      ...{ DATA_DIR: folder, DATABASE_URL: '', REDIS_URL: '' },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: lab.stdout })) {
    const [, url] = /Playground (http:\/\/\S+)\//.exec(line) ?? [];
    if (url === undefined) continue;
    return { url, process: lab };
  }
  throw new Error('the lab did not start');
}

const SUBMIT = `mutation($input: SubmitExperimentInput!) {
  submitExperiment(input: $input) { experiment { id } userErrors { field message } }
}`;
const LOOK = `query($id: ID!) { experiment(id: $id) { status runCount createdAt finishedAt } }`;
const RESULT = `query($id: ID!) { experiment(id: $id) { result { cost { events } } } }`;
const RUN = `query($id: ID!) { run(id: $id) { resultHash } }`;

/** What is asked for above; an answer with errors is thrown. */
interface Data {
  readonly submitExperiment: { readonly experiment: { readonly id: string } | null };
  readonly experiment: {
    readonly status: string;
    readonly runCount: number;
    readonly createdAt: string;
    readonly finishedAt: string;
    readonly result: { readonly cost: { readonly events: string } };
  };
  readonly run: { readonly resultHash: string };
}

async function ask(url: string, query: string, variables: object): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: object };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

if (process.send === undefined) void main();
else playShare();
