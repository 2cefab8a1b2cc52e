import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createLogger } from '../../lab/logger';
import { startLab, type RunningLab } from '../../lab/start-lab';
import {
  CREATE_CLUSTER,
  PROGRESS,
  RESULT,
  SUBMIT,
  type ProgressAnswer,
  type UserErrorAnswer,
} from './documents';
import { LabClient } from './lab-client';
import { renderProgress, renderResult } from './render';

/** The exit code of a program that SIGINT ended. */
const INTERRUPTED = 130;

/** Plays documents 1 to 4 against a lab that lives only as long; returns the process's exit code. */
export async function runDemo(): Promise<number> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'replication-lab-demo-'));
  const interrupted = interruption();
  try {
    const lab = await startDemoLab(dataDir, interrupted);
    try {
      return await Promise.race([play(new LabClient(lab.url)), onceAborted(interrupted), onceFailed(lab)]);
    } finally {
      await lab.stop();
    }
  } catch (error) {
    if (interrupted.aborted && error === interrupted.reason) return INTERRUPTED;
    throw error;
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

function startDemoLab(dataDir: string, signal: AbortSignal): Promise<RunningLab> {
  const settings = {
    port: 0,
    host: '127.0.0.1',
    allowedHosts: [],
    dataDir,
    databaseUrl: null,
    redisUrl: null,
    workers: os.availableParallelism(),
    logLevel: 'error',
    failpoints: '',
  } as const;
  return startLab(settings, createLogger('demo', settings.logLevel), signal);
}

/** Aborts when the user wants no more, so that the lab is stopped and its folder removed all the same. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

function onceAborted(signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(INTERRUPTED);
    signal.addEventListener('abort', () => resolve(INTERRUPTED), { once: true });
  });
}

async function onceFailed(lab: RunningLab): Promise<never> {
  throw await lab.failure;
}

async function play(client: LabClient): Promise<number> {
  const { createCluster } = await client.request(CREATE_CLUSTER);
  const cluster = accepted(createCluster.cluster, createCluster.userErrors);
  const nodes = cluster.nodes.map(({ name, role }) => `${name} (${role.toLowerCase()})`).join(', ');
  console.log(`Cluster     ${cluster.id}: ${nodes}`);
  const { submitExperiment } = await client.request(SUBMIT, { cluster: cluster.id });
  const { id } = accepted(submitExperiment.experiment, submitExperiment.userErrors);
  console.log(`Experiment  ${id}: ten runs of a minute; the leader is down from second 20 to 50`);
  for (const { message } of submitExperiment.warnings) console.log(`Warning     ${message}`);
  console.log();
  await client.follow(PROGRESS, { id }, showProgress);
  const answer = await client.request(RESULT, { id });
  console.log(`\n${renderResult(answer)}`);
  return answer.experiment.status === 'SUCCEEDED' ? 0 : 1;
}

/** In a terminal the bar moves; elsewhere each value is a line. */
function showProgress(progress: ProgressAnswer): void {
  const line = renderProgress(progress);
  const isLast = progress.experimentProgress.fraction === 1;
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}${isLast ? '\n' : ''}`);
  else console.log(line);
}

function accepted<Row>(row: Row | null, userErrors: readonly UserErrorAnswer[]): Row {
  if (row !== null) return row;
  throw new Error(userErrors.map(({ field, message }) => `${field.join('.')}: ${message}`).join('\n'));
}
