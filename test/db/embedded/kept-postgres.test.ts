import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../../src/db/embedded/embedded-postgres';
import { claimExclusiveUse } from '../../../src/db/embedded/exclusive-use';
import { keepPostgres, type KeptPostgres } from '../../../src/db/embedded/kept-postgres';
import { runningPostmaster } from '../../../src/db/embedded/postmaster-file';
import { eventually } from '../../support/eventually';
import { processesAt } from '../../support/left-over-processes';

const BACK_WITHIN_MS = 10_000;
const flags = ['-c', 'fsync=off'];

let dataDir = '';
let said: string[] = [];
const keepers: KeptPostgres[] = [];
let signal = new AbortController().signal;
const report = {
  info: () => undefined,
  warn: (_facts: object, message: string) => void said.push(message),
};

beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kept-postgres-'));
  said = [];
  signal = new AbortController().signal;
});

afterEach(async () => {
  // One that is kept would come back.
  await Promise.all(keepers.splice(0).map((kept) => kept.stop()));
  if (runningPostmaster(clusterFolder()) !== null)
    await startEmbeddedPostgres({ dataDir }).then((server) => server.stop());
  fs.rmSync(dataDir, { recursive: true, force: true });
});

const clusterFolder = (): string => path.join(fs.realpathSync(dataDir), 'server', 'cluster');
const pid = (): number | null => runningPostmaster(clusterFolder())?.pid ?? null;

async function keep(): Promise<KeptPostgres> {
  const kept = await keepPostgres({ dataDir, flags, report, signal });
  if (kept === null) throw new Error('Somebody else uses a folder that was just made.');
  keepers.push(kept);
  return kept;
}

/** kill -9; returns when the server is gone. */
async function kill(): Promise<void> {
  const victim = pid();
  if (victim === null) throw new Error('There is no server to kill.');
  process.kill(victim, 'SIGKILL');
  await eventually(() => pid() !== victim, { what: 'the server is gone', limitMs: BACK_WITHIN_MS });
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query('SELECT 1')).rowCount === 1;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

describe('a server that is kept', () => {
  it('is started again after a kill -9, on the same address, and is told of', async () => {
    const kept = await keep();
    const url = kept.url('postgres');
    await kill();
    await eventually(() => answers(url), { what: 'it answers again', limitMs: BACK_WITHIN_MS });
    await eventually(() => said.length === 2, { what: 'it is told', limitMs: BACK_WITHIN_MS });
    expect(kept.url('postgres')).toBe(url);
    expect(said.join()).toMatch(/died.*starting it again,.*runs again/);
    await kept.stop();
    expect(processesAt(dataDir)).toEqual([]);
  });

  it('is again for this lab alone', async () => {
    const kept = await keep();
    await kill();
    await eventually(() => said.length === 2, { what: 'it runs again', limitMs: BACK_WITHIN_MS });
    expect(await claimExclusiveUse(kept)).toBeNull();
    expect(await keepPostgres({ dataDir, flags, report, signal })).toBeNull();
    await kept.stop();
  });

  it('goes on when only the connection broke that holds it', async () => {
    const kept = await keep();
    const before = pid();
    await breakConnections(kept.url('postgres'));
    await eventually(() => said.length === 2, { what: 'it is held again', limitMs: BACK_WITHIN_MS });
    expect(pid()).toBe(before);
    expect(await claimExclusiveUse(kept)).toBeNull();
    await kept.stop();
  });

  it('is not started again after it was stopped, even while it was being started', async () => {
    const kept = await keep();
    await kill();
    await kept.stop();
    expect(pid()).toBeNull();
    expect(processesAt(dataDir)).toEqual([]);
  });

  it('is given up with a sentence when it cannot start', async () => {
    const kept = await keep();
    fs.appendFileSync(path.join(clusterFolder(), 'postgresql.conf'), '\nno_such_setting = 1\n');
    await kill();
    expect((await kept.failure).message).toMatch(/Postgres did not start.*no_such_setting/s);
    await kept.stop();
  });

  it('is given up with a sentence when it dies again and again', async () => {
    const kept = await keep();
    const failure = kept.failure.then((error) => error.message);
    let isOver = false;
    void failure.then(() => (isOver = true));
    for (let deaths = 1; !isOver && deaths <= 6; deaths++) {
      const turns = 2 * (deaths - 1);
      await eventually(() => said.length === turns, { what: 'it runs again', limitMs: BACK_WITHIN_MS });
      await kill();
    }
    expect(await failure).toMatch(/died 6 times within a minute; its log is .*server\/log/);
    await kept.stop();
  });
});

describe('a first start that is given up', () => {
  it.each([
    [
      'while the data folder is made',
      () => fs.readdirSync(dataDir).some((name) => name.startsWith('draft-')),
    ],
    ['while the server starts', () => fs.existsSync(path.join(dataDir, 'server'))],
    ['when the server runs', () => pid() !== null],
  ])('%s leaves no process and no half of a folder', async (_, hasCome) => {
    const controller = new AbortController();
    signal = controller.signal;
    const failure = keep().catch((error: unknown) => error);
    await eventually(hasCome, { what: 'that stage of the start', limitMs: BACK_WITHIN_MS });
    controller.abort();
    expect(await failure).toBe(signal.reason);
    expect(processesAt(dataDir)).toEqual([]);
    expect(fs.readdirSync(dataDir).filter((name) => name !== 'server')).toEqual([]);
  });
});

async function breakConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  await client.end();
}
