import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { startLabProcess } from '../support/lab-process';
import { processesAt } from '../support/left-over-processes';
import { startSilentServer } from '../support/silent-server';

const COMPILED = path.join(__dirname, '..', '..', 'dist', 'src');
const STAGE_WITHIN_MS = 20_000;
const END_MS_MAX = 3000;
const ANNOUNCING = path.join(__dirname, 'announcing-interrupts.cjs');
const ANNOUNCEMENT = 'Listens to SIGINT.\n';

let folder = '';

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-interrupted-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const QUIET = { PORT: '0', WORKERS: '2', LOG_LEVEL: 'fatal', NODE_OPTIONS: `--require=${ANNOUNCING}` };

interface Started {
  readonly child: ChildProcess;
  readonly listensToInterrupts: () => boolean;
  /** What it said, but for that announcement. */
  readonly output: () => string;
}

/** Starts a program as a shell does: with a process group of its own, which Ctrl-C reaches as a whole. */
function start(program: string, settings: Readonly<Record<string, string>>): Started {
  const [file = '', ...args] = program.split(' ');
  const child = spawn(process.execPath, [path.join(COMPILED, file), ...args], {
    env: { ...process.env, ...QUIET, DATA_DIR: folder, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    child,
    listensToInterrupts: () => output.includes(ANNOUNCEMENT),
    output: () => output.replaceAll(ANNOUNCEMENT, ''),
  };
}

/** Ctrl-C; the exit code, when every process that could say something has ended. */
async function interrupt({
  child,
}: Started): Promise<{ readonly exitCode: unknown; readonly tookMs: number }> {
  const asked = performance.now();
  const closed = once(child, 'close');
  process.kill(-(child.pid ?? 0), 'SIGINT');
  const [exitCode] = (await closed) as [unknown];
  return { exitCode, tookMs: performance.now() - asked };
}

/** The names in a folder below the data folder; none if it is not there. */
function filesIn(...names: readonly string[]): readonly string[] {
  try {
    return fs.readdirSync(path.join(folder, ...names));
  } catch {
    return [];
  }
}

/** The data folders of the database that are in the making, of a lab whose own data folder has this name. */
const drafts = (lab = '.'): readonly string[] =>
  filesIn(lab, 'postgres').filter((name) => name.startsWith('draft-'));
const isHalfMade = (): boolean =>
  drafts().some((draft) => filesIn('postgres', draft, 'cluster', 'base').includes('1'));

function postmasterFile(): string {
  try {
    return fs.readFileSync(path.join(folder, 'postgres', 'server', 'cluster', 'postmaster.pid'), 'utf8');
  } catch {
    return '';
  }
}

const STAGES: [string, (started: Started) => boolean][] = [
  // Before the first line of a program runs, a signal ends it as it ends any program.
  ['while it loads its modules', ({ listensToInterrupts }) => listensToInterrupts()],
  ['while it makes its data folder', () => drafts().length > 0],
  ['when its data folder is half made', isHalfMade],
  ['when it has a data folder', () => filesIn('postgres').includes('server')],
  ['while its database starts', () => postmasterFile() !== ''],
  ['while it prepares its tables', () => /ready *$/m.test(postmasterFile())],
  ['when it is ready, while its workers start', ({ output }) => output().includes('is ready')],
];

describe('Ctrl-C in the first start of a lab', () => {
  it.each(STAGES)('%s, ends it with code 0 and leaves nothing behind', async (_, hasCome) => {
    const lab = start('main.js', {});
    await eventually(() => hasCome(lab), { what: 'that stage', limitMs: STAGE_WITHIN_MS });
    const { exitCode, tookMs } = await interrupt(lab);
    expect([exitCode, lab.output()]).toEqual([0, expect.stringMatching(/^(.* is ready\..*\n)?Stopped\.\n$/)]);
    expect(tookMs).toBeLessThan(END_MS_MAX);
    expect(processesAt(folder)).toEqual([]);
    expect(drafts()).toEqual([]);
  });

  it('does not hinder the next start, wherever it came', async () => {
    for (const [, hasCome] of STAGES) {
      const lab = start('main.js', {});
      await eventually(() => hasComeOrIsReady(lab, hasCome), { what: 'any', limitMs: STAGE_WITHIN_MS });
      expect((await interrupt(lab)).exitCode).toBe(0);
    }
    const lab = await startLabProcess({ DATA_DIR: folder });
    expect(await lab.end('SIGINT')).toBe(0);
  }, 60_000);
});

describe('one Ctrl-C that comes twice, since npm hands on what the terminal gave', () => {
  it('ends the first start of a lab as one does', async () => {
    const lab = start('main.js', {});
    await eventually(isHalfMade, { what: 'that stage', limitMs: STAGE_WITHIN_MS });
    process.kill(-(lab.child.pid ?? 0), 'SIGINT');
    expect([(await interrupt(lab)).exitCode, lab.output()]).toEqual([0, 'Stopped.\n']);
    expect([processesAt(folder), drafts()]).toEqual([[], []]);
  });
});

describe('Ctrl-C in the first start of the demo', () => {
  it('ends it with code 130 and leaves nothing behind', async () => {
    const demo = start('cli/main.js demo', { TMPDIR: folder });
    const hasCome = (): boolean => filesIn().some((name) => drafts(name).length > 0);
    await eventually(hasCome, { what: 'that stage', limitMs: STAGE_WITHIN_MS });
    expect([(await interrupt(demo)).exitCode, demo.output()]).toEqual([130, '']);
    expect([processesAt(folder), fs.readdirSync(folder)]).toEqual([[], []]);
  });
});

describe('Ctrl-C while the database of DATABASE_URL keeps silent', () => {
  it('ends the lab soon, with code 0', async () => {
    const silent = await startSilentServer();
    const lab = start('main.js', { DATABASE_URL: silent.url });
    await silent.visited;
    const { exitCode, tookMs } = await interrupt(lab);
    silent.close();
    expect([exitCode, lab.output()]).toEqual([0, 'Stopped.\n']);
    expect(tookMs).toBeLessThan(END_MS_MAX);
  });
});

function hasComeOrIsReady(lab: Started, hasCome: (started: Started) => boolean): boolean {
  return lab.listensToInterrupts() && (hasCome(lab) || lab.output().includes('is ready'));
}
