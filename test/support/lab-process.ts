import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';

const PROJECT_FOLDER = path.join(__dirname, '..', '..');
const READY = /Playground (http:\/\/\S+)\//;
const READY_WITHIN_MS = 25_000;

/** A lab in a process of its own, started as `npm start` does. */
export interface LabProcess {
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything it wrote to standard output and standard error so far. */
  readonly output: () => string;
  /** Sends the signal and waits for the end; the exit code, null if the signal itself ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `dist/src/main.js` on a free port with these settings; resolves when it says that it is ready. */
export async function startLabProcess(settings: Readonly<Record<string, string>>): Promise<LabProcess> {
  const lab = launch(settings);
  const { url } = await lab.ready;
  return { ...lab, url };
}

/** Starts a lab that is expected to refuse; its exit code and what it said. */
export async function refusedLab(
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const lab = launch(settings);
  lab.ready.catch(() => undefined);
  const exitCode = await ended(lab.process);
  return { exitCode, output: lab.output() };
}

function launch(settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [path.join(PROJECT_FOLDER, 'dist', 'src', 'main.js')], {
    env: { ...process.env, PORT: '0', WORKERS: '1', LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return ended(child);
  };
  return { process: child, output: () => output, ready: readiness(child, () => output), end };
}

function readiness(child: ChildProcess, output: () => string): Promise<{ readonly url: string }> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new Error(`The lab ${reason}. It said:\n${output()}`));
    const late = setTimeout(() => fail(`was not ready after ${READY_WITHIN_MS} ms`), READY_WITHIN_MS);
    child.once('exit', (code) => fail(`ended with code ${code} before it was ready`));
    child.once('exit', () => clearTimeout(late));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = READY.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      resolve({ url });
    });
  });
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
