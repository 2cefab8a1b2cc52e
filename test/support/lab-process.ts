import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';

const COMPILED = path.join(__dirname, '..', '..', 'dist');
const READY_WITHIN_MS = 25_000;

type Variables = Readonly<Record<string, string>>;

/** A process of a lab, started from what `npm run build` made. */
interface StartedProcess {
  readonly pid: number;
  readonly process: ChildProcess;
  /** Everything it wrote to standard output and standard error so far. */
  readonly output: () => string;
  /** Sends the signal without waiting: SIGSTOP and SIGCONT let a process pause. */
  signal(signal: NodeJS.Signals): void;
  /** Waits for the end; the exit code, null if a signal ended it. */
  ended(): Promise<number | null>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export interface ApiProcess extends StartedProcess {
  readonly url: string;
}

/** An API with its workers beside it. */
export type LabProcess = ApiProcess;
export type WorkerProcess = StartedProcess;

interface Program {
  readonly file: string;
  readonly defaults: Variables;
  /** What a line says when it is ready; its first group, if any, is the address. */
  readonly readyLine: RegExp;
}

const API: Program = {
  file: 'src/main.js',
  defaults: { PORT: '0', WORKERS: '0', REDIS_URL: '', LOG_LEVEL: 'warn' },
  readyLine: /Playground (http:\/\/\S+)\//,
};
const LAB: Program = { ...API, defaults: { ...API.defaults, WORKERS: '1' } };
const WORKER: Program = {
  file: 'workers/simulation.js',
  defaults: { REDIS_URL: '', LOG_LEVEL: 'info' },
  readyLine: /worker started/,
};

/** Starts a lab as `npm start` does, on a free port with these settings; resolves when it says that it is ready. */
export function startLabProcess(settings: Variables): Promise<LabProcess> {
  return startServing(LAB, settings);
}

/** Starts an API without workers, as `npm run start:api` does. */
export function startApiProcess(settings: Variables): Promise<ApiProcess> {
  return startServing(API, settings);
}

/**
 * Starts one worker, as `npm run start:worker` does; resolves when it takes work, so when database and queue are
 * there. Needs DATABASE_URL.
 */
export async function startWorkerProcess(settings: Variables): Promise<WorkerProcess> {
  const worker = launchProcess(WORKER, settings);
  await worker.ready;
  return worker;
}

/** Starts a worker that may have to wait; what it says while it does is in `output`, `ready` when it takes work. */
export function launchWorker(settings: Variables): WorkerProcess & { readonly ready: Promise<string> } {
  return launchProcess(WORKER, settings);
}

/** Starts a lab that is expected to refuse; its exit code and what it said. */
export async function refusedLab(
  settings: Variables,
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const lab = launchProcess(LAB, settings);
  const exitCode = await ended(lab.process);
  return { exitCode, output: lab.output() };
}

async function startServing(program: Program, settings: Variables): Promise<ApiProcess> {
  const started = launchProcess(program, settings);
  return { ...started, url: await started.ready };
}

function launchProcess({ file, defaults, readyLine }: Program, settings: Variables) {
  const child = spawn(process.execPath, [path.join(COMPILED, file)], {
    env: { ...process.env, ...defaults, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ready = readiness(child, readyLine, () => output);
  // Who starts a process that is to refuse or to be killed need not wait for it.
  ready.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    process: child,
    output: () => output,
    ready,
    signal: (signal: NodeJS.Signals) => void child.kill(signal),
    ended: () => ended(child),
    end: async (signal: NodeJS.Signals): Promise<number | null> => {
      child.kill(signal);
      return ended(child);
    },
  };
}

function readiness(child: ChildProcess, readyLine: RegExp, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new Error(`The process ${reason}. It said:\n${output()}`));
    const late = setTimeout(() => fail(`was not ready after ${READY_WITHIN_MS} ms`), READY_WITHIN_MS);
    child.once('exit', (code) => fail(`ended with code ${code} before it was ready`));
    child.once('exit', () => clearTimeout(late));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        const found = readyLine.exec(line);
        if (found === null) return;
        clearTimeout(late);
        resolve(found[1] ?? '');
      });
    }
  });
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
