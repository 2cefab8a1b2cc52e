import { afterEach, describe, expect, it } from '@jest/globals';
import { PostgresChangeFeed } from '../../src/db/change-feed';
import type { ExperimentId } from '../../src/model/ids';
import { newExperiment } from '../support/sample-experiment';
import { useDatabase } from '../support/open-test-database';

const lab = useDatabase();
const feeds: PostgresChangeFeed[] = [];

function openFeed(): PostgresChangeFeed {
  const feed = new PostgresChangeFeed(lab().url);
  feeds.push(feed);
  return feed;
}

afterEach(async () => {
  await Promise.all(feeds.splice(0).map((feed) => feed.close()));
});

/** Counts wake-ups and lets a test wait for the next. */
class Sleeper {
  wakes = 0;
  private waiting: (() => void)[] = [];
  readonly unsubscribe: () => void;

  constructor(feed: PostgresChangeFeed, id: ExperimentId) {
    this.unsubscribe = feed.subscribe(id, () => this.wake());
  }

  async woken(wakesMin: number): Promise<void> {
    while (this.wakes < wakesMin) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private wake(): void {
    this.wakes++;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

/** What the feed's connection is known by. */
const LISTENERS = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`;

describe('the change feed', () => {
  it('wakes once it listens, since nobody knows what was missed', async () => {
    await new Sleeper(openFeed(), newExperiment().id).woken(1);
  });

  it('wakes after a submission, a claim and a renewal', async () => {
    const experiment = newExperiment();
    const sleeper = new Sleeper(openFeed(), experiment.id);
    await sleeper.woken(1);
    await lab().submit(experiment);
    await sleeper.woken(2);
    const [claim] = await lab().claimAll(experiment);
    await sleeper.woken(3);
    const progress = { fraction: 0.5, simulatedOperations: 1 };
    if (claim !== undefined) await lab().database.shards.renew(claim, 60_000, progress);
    await sleeper.woken(4);
  });

  it('wakes only those who wait for that experiment, and nobody who has left', async () => {
    const feed = openFeed();
    const experiment = newExperiment();
    const [other, gone, stays] = [newExperiment().id, experiment.id, experiment.id].map(
      (id) => new Sleeper(feed, id),
    );
    await stays?.woken(1);
    gone?.unsubscribe();
    await lab().submit(experiment);
    await stays?.woken(2);
    expect([other?.wakes, gone?.wakes]).toEqual([1, 1]);
  });

  it('wakes nobody when a transaction is rolled back', async () => {
    const [taken, refused] = [await lab().submit(newExperiment()), newExperiment()];
    const feed = openFeed();
    const [ofRefused, ofTaken] = [new Sleeper(feed, refused.id), new Sleeper(feed, taken.id)];
    await ofTaken.woken(1);
    await expect(lab().submit({ ...refused, points: taken.points })).rejects.toThrow();
    await lab().claimAll(taken);
    await ofTaken.woken(2);
    expect(ofRefused.wakes).toBe(1);
  });

  it('comes back when its connection is ended, wakes everybody, and goes on', async () => {
    const experiment = newExperiment();
    const sleeper = new Sleeper(openFeed(), experiment.id);
    await sleeper.woken(1);
    await lab().select(`SELECT pg_terminate_backend(pid) FROM (${LISTENERS}) listeners`);
    await sleeper.woken(2);
    await lab().submit(experiment);
    await sleeper.woken(3);
  });

  it('leaves no connection after it is closed', async () => {
    const feed = new PostgresChangeFeed(lab().url);
    await new Sleeper(feed, newExperiment().id).woken(1);
    const [listener] = await lab().select<{ pid: number }>(LISTENERS);
    await feed.close();
    const gone = async (): Promise<boolean> => {
      const rows = await lab().select('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [listener?.pid]);
      return rows.length === 0;
    };
    // The server ends its side in its own time; the test's time limit bounds this loop.
    while (!(await gone()));
    expect(listener?.pid).toBeGreaterThan(0);
  });

  it('that nobody uses opens no connection and closes at once', async () => {
    await new PostgresChangeFeed('postgresql://127.0.0.1:1/nowhere').close();
  });

  it('closes also while there is no database', async () => {
    const feed = new PostgresChangeFeed('postgresql://127.0.0.1:1/nowhere');
    feed.subscribe(newExperiment().id, () => undefined);
    await feed.close();
  });
});
