import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { EmbeddedPostgres } from '../../../src/db/embedded/embedded-postgres';
import { startEmbeddedPostgres } from '../../../src/db/embedded/embedded-postgres';
import { ensureDatabase } from '../../../src/db/embedded/ensure-database';
import { runningPostmaster } from '../../../src/db/embedded/postmaster-file';
import { waitUntil } from '../../../src/db/embedded/wait-until';
import { startElsewhere } from './starter';

const nobody = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;
const maySwitchToNobody =
  isRoot && spawnSync('test', ['-r', path.join(__dirname, 'starting-process.mjs')], nobody).status === 0;

let dataDir = '';
const clusterFolder = (): string => path.join(dataDir, 'server', 'cluster');
const postmasterFile = (): string => path.join(clusterFolder(), 'postmaster.pid');
const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDir, flags: ['-c', 'fsync=off'] });

beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'embedded-postgres-'));
});

afterEach(async () => {
  if (fs.existsSync(postmasterFile()) && runningPostmaster(clusterFolder()) !== null)
    await start().then((server) => server.stop());
  fs.rmSync(dataDir, { recursive: true, force: true });
});

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('a first start', () => {
  it('makes a server that answers on its address, and stopping it leaves no process', async () => {
    const server = await start();
    expect(await query(server.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(fs.existsSync(postmasterFile())).toBe(false);
    await expect(query(server.url('postgres'), 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    expect(await waitUntil(() => !isAlive(server.pid), 1_000)).toBe(true);
  });

  it('lets nobody in without the password, which only the owner can read', async () => {
    const server = await start();
    const url = new URL(server.url('postgres'));
    url.password = 'guess';
    await expect(query(url.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(fs.statSync(path.join(dataDir, 'server', 'password')).mode & 0o777).toBe(0o600);
  });

  it('creates a database once, however many ask at the same time', async () => {
    const server = await start();
    await Promise.all([1, 2, 3].map(() => ensureDatabase(server, 'odd "name"')));
    expect(await query(server.url('odd "name"'), 'SELECT current_database() AS name')).toEqual([
      { name: 'odd "name"' },
    ]);
  });

  it('gives one server to two processes that start it at once', async () => {
    const [first, second] = await Promise.all([startElsewhere(dataDir), startElsewhere(dataDir)]);
    expect(second.pid).toBe(first.pid);
    expect([first.adopted, second.adopted].sort()).toEqual([false, true]);
    await Promise.all([first.kill(), second.kill()]);
  });

  it('is not hindered by what a killed initdb left, and removes it', async () => {
    const draft = path.join(dataDir, `draft-${deadProcess()}-a1b2c3`);
    fs.mkdirSync(path.join(draft, 'cluster', 'base'), { recursive: true });
    await start();
    expect(fs.existsSync(draft)).toBe(false);
  });
});

describe('a later start', () => {
  it('adopts the server of a process that was killed', async () => {
    const starter = await startElsewhere(dataDir);
    await starter.kill();
    const server = await start();
    expect(server).toMatchObject({ pid: starter.pid, adopted: true });
    expect(await query(server.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('recovers what was committed before the server itself was killed', async () => {
    const killed = await start();
    await query(killed.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(killed.pid, 'SIGKILL');
    await waitUntil(() => !isAlive(killed.pid), 1_000);
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(await query(server.url('postgres'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('overlooks a file that names a process of another program', async () => {
    await start().then((server) => server.stop());
    const stranger = spawn('sleep', ['60'], { detached: true });
    fs.writeFileSync(postmasterFile(), `${stranger.pid}\n${clusterFolder()}\n1\n5432\n\n\n\nready\n`);
    const server = await start();
    stranger.kill();
    expect(server.adopted).toBe(false);
    expect(server.pid).not.toBe(stranger.pid);
  });

  it('refuses the files of another major version and says what to do', async () => {
    await start().then((server) => server.stop());
    fs.writeFileSync(path.join(clusterFolder(), 'PG_VERSION'), '12\n');
    await expect(start()).rejects.toThrow(/made by Postgres 12, .* brings Postgres 18.*pg_dump/s);
  });

  it('ends with the last words of the server if it cannot start', async () => {
    const broken = startEmbeddedPostgres({ dataDir, flags: ['-c', 'no_such_setting=1'] });
    await expect(broken).rejects.toThrow(/Postgres did not start.*no_such_setting/s);
  });
});

describe('the user', () => {
  const asRoot = isRoot ? it : it.skip;
  const asNobody = maySwitchToNobody ? it : it.skip;

  asRoot('may be root, in a folder below one that only root may enter', async () => {
    fs.chmodSync(dataDir, 0o700);
    const server = await startEmbeddedPostgres({ dataDir: path.join(dataDir, 'below') });
    expect(await query(server.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  asNobody('may be an ordinary one', async () => {
    fs.chownSync(dataDir, nobody.uid, nobody.gid);
    const starter = await startElsewhere(dataDir, nobody);
    expect(await query(starter.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(fs.statSync(postmasterFile()).uid).toBe(nobody.uid);
    await starter.kill();
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The id of a process that has ended just now. */
function deadProcess(): number {
  return spawnSync('true').pid;
}
