import net, { type AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { closeConnection, openConnection, transaction } from '../../src/db/connection';
import { classifyFailure } from '../../src/db/failures';
import { openDatabase, type Database } from '../../src/db/open-database';
import type { Claim } from '../../src/experiments/ports/records';
import { StoreUnavailableError } from '../../src/experiments/ports/stores';
import {
  CRASH_RULE,
  ENGINE_VERSION,
  newCluster,
  newExperiment,
  newKey,
  outcomeOf,
  shardIds,
} from '../support/sample-experiment';
import { SAMPLE_SPEC } from '../support/sample-spec';
import { MIGRATIONS_FOLDER, useDatabase } from '../support/open-test-database';

const lab = useDatabase();
const ANSWER_MS_MAX = 3000;
const NOBODY = 'postgresql://127.0.0.1:1/nowhere';

const experiment = newExperiment();
const run = { experimentId: experiment.id, point: 0, repetition: 0 };
const claim: Claim = {
  ...{ shardId: 'shd_x', experimentId: experiment.id, point: 0, firstRepetition: 0, runCount: 1 },
  ...{ leaseEpoch: 1, spec: SAMPLE_SPEC, seed: 1n },
};
const claimRequest = {
  shardId: claim.shardId,
  owner: 'o',
  leaseMs: 1,
  engineVersion: 'v',
  crashRule: CRASH_RULE,
};
const firstPage = { direction: 'FORWARD', limit: 1, after: null } as const;
const progress = { fraction: 0, simulatedOperations: 0 };

const METHODS: [string, (database: Database) => Promise<unknown>][] = [
  ['clusters.insert', ({ clusters }) => clusters.insert(newCluster(), newKey())],
  ['clusters.findMany', ({ clusters }) => clusters.findMany(['clu_x'])],
  ['clusters.page', ({ clusters }) => clusters.page(firstPage)],
  ['clusters.count', ({ clusters }) => clusters.count()],
  ['experiments.insert', ({ experiments }) => experiments.insert(experiment, null)],
  ['experiments.findMany', ({ experiments }) => experiments.findMany([experiment.id])],
  ['experiments.page', ({ experiments }) => experiments.page(firstPage)],
  ['experiments.count', ({ experiments }) => experiments.count()],
  ['experiments.cancel', ({ experiments }) => experiments.cancel(experiment.id)],
  ['experiments.pause', ({ experiments }) => experiments.pause(experiment.id)],
  ['experiments.resume', ({ experiments }) => experiments.resume(experiment.id)],
  ['experiments.runs', ({ experiments }) => experiments.runs(experiment.id, firstPage)],
  ['experiments.findRun', ({ experiments }) => experiments.findRun(run)],
  ['experiments.finishedShards', ({ experiments }) => experiments.finishedShards(experiment.id, 0)],
  ['experiments.measurements', ({ experiments }) => experiments.measurements(experiment.id, 0, [0])],
  ['experiments.progress', ({ experiments }) => experiments.progress(experiment.id)],
  ['experiments.eventsAfter', ({ experiments }) => experiments.eventsAfter(experiment.id, 0n, 1)],
  ['shards.claim', ({ shards }) => shards.claim(claimRequest)],
  ['shards.renew', ({ shards }) => shards.renew(claim, 1, progress)],
  ['shards.finish', ({ shards }) => shards.finish(claim, outcomeOf(claim))],
  ['shards.crash', ({ shards }) => shards.crash(claim, 'reason', CRASH_RULE)],
  ['shards.release', ({ shards }) => shards.release(claim)],
  ['shards.takeWaiting', ({ shards }) => shards.takeWaiting({ notCheckedForMs: 0, limit: 1 })],
  ['shards.nextAttempts', ({ shards }) => shards.nextAttempts([{ shardId: claim.shardId, attempt: 1 }])],
  ['shards.reclaimExpired', ({ shards }) => shards.reclaimExpired({ crashRule: CRASH_RULE, limit: 1 })],
  ['purgeIdempotencyKeys', (database) => database.purgeIdempotencyKeys()],
];

async function withDatabase<T>(url: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(url, { migrationsFolder: MIGRATIONS_FOLDER });
  return use(database).finally(() => database.close());
}

/** Accepts connections and never says a word, as a server that was stopped does. */
async function withSilentServer<T>(use: (url: string) => Promise<T>): Promise<T> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return use(`postgresql://127.0.0.1:${port}/silent`).finally(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
}

async function expectUnavailableInTime(answer: Promise<unknown>): Promise<void> {
  const asked = performance.now();
  await expect(answer).rejects.toThrow(StoreUnavailableError);
  expect(performance.now() - asked).toBeLessThan(ANSWER_MS_MAX);
}

describe('without a database', () => {
  it.each(METHODS)('%s answers quickly that the store is unavailable', async (_, call) => {
    await withDatabase(NOBODY, (database) => expectUnavailableInTime(call(database)));
  });

  it('all methods at once do, behind a server that accepts and keeps silent', async () => {
    await withSilentServer((url) =>
      withDatabase(url, async (database) => {
        await Promise.all(METHODS.map(([, call]) => expectUnavailableInTime(call(database))));
      }),
    );
  });

  it('a closed one is as good as none', async () => {
    const database = openDatabase(lab().url, { migrationsFolder: MIGRATIONS_FOLDER });
    await database.close();
    await expect(database.shards.claim(claimRequest)).rejects.toThrow(StoreUnavailableError);
  });
});

/** Ends the connections that wait for a lock, as soon as there are any. */
async function endWaitingConnections(): Promise<void> {
  const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await lab().select(end)).length === 0);
}

describe('a connection that breaks inside a transaction', () => {
  it('is an unavailable store, which did nothing and works again at once', async () => {
    const submitted = await lab().submit(newExperiment());
    const [shardId = 'shd_none'] = shardIds(submitted);
    await lab().whileLocked(
      'SELECT 1 FROM "Experiment" WHERE "id" = $1 FOR UPDATE',
      submitted.id,
      async () => {
        const request = { ...claimRequest, shardId, leaseMs: 60_000, engineVersion: ENGINE_VERSION };
        const broken = expect(lab().database.shards.claim(request)).rejects.toThrow(StoreUnavailableError);
        await endWaitingConnections();
        await broken;
      },
    );
    expect(await lab().kindsOf(submitted)).toEqual(['SUBMITTED']);
    expect(await lab().tryClaim(shardId)).toMatchObject({ leaseEpoch: 1 });
  });
});

/** Ends a connection from outside and comes back when its server process is gone. */
async function endConnection(pid: number): Promise<void> {
  await lab().select('SELECT pg_terminate_backend($1, 5000)', [pid]);
}

describe('a connection that breaks between the statements of a transaction', () => {
  it('fails the next statement as unavailable, and not the process', async () => {
    const connection = openConnection(lab().url, 1);
    const broken = transaction(connection.pool, async (sql) => {
      const { rows } = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await endConnection(rows[0]?.pid ?? 0);
      await sql.query('SELECT 1');
    });
    const failure = await broken.catch(classifyFailure);
    const [again] = (await connection.pool.query<{ one: number }>('SELECT 1 AS one')).rows;
    await closeConnection(connection);
    expect([failure, again]).toEqual(['UNAVAILABLE', { one: 1 }]);
  });
});

describe('the end of all idle connections', () => {
  it('is survived: the store answers again', async () => {
    await Promise.all([1, 2, 3].map(() => lab().database.experiments.count()));
    await lab().select(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    const again = async (): Promise<number> => {
      try {
        return await lab().database.experiments.count();
      } catch (error) {
        // The pool may not have heard yet; that is an unavailable store, and nothing else.
        expect(error).toBeInstanceOf(StoreUnavailableError);
        return again();
      }
    };
    expect(await again()).toBeGreaterThanOrEqual(0);
  });
});
