import net, { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEmptyDatabase, type TestDatabase } from '../support/database';
import { isReady } from '../support/eventually';
import { startLabProcess } from '../support/lab-process';

const BROKEN_CONNECTIONS = 2;

let database: TestDatabase;
let door: net.Server;

beforeEach(async () => {
  database = await createEmptyDatabase();
});
afterEach(async () => {
  door.close();
  await database.drop();
});

/** Hangs up on the first visitors, as a proxy does whose server is not there yet, then lets everybody through. */
async function openDoor(): Promise<string> {
  const { port, hostname } = new URL(database.url);
  let visitors = 0;
  door = net.createServer((visitor) => {
    visitor.on('error', () => undefined);
    if (++visitors <= BROKEN_CONNECTIONS) return void visitor.end();
    const server = net.connect(Number(port), hostname).on('error', () => visitor.destroy());
    visitor.pipe(server).pipe(visitor);
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const url = new URL(database.url);
  url.port = String((door.address() as AddressInfo).port);
  return url.href;
}

describe('a database that breaks connections when the lab starts', () => {
  it('is waited for, like one that refuses them', async () => {
    const lab = await startLabProcess({ DATABASE_URL: await openDoor() });
    expect(await isReady(lab.url)).toBe(true);
    expect(lab.output().match(/the database is away/g)).toHaveLength(BROKEN_CONNECTIONS);
    expect(await lab.end('SIGTERM')).toBe(0);
  });
});
