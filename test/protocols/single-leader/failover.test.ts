import { describe, expect, it } from '@jest/globals';
import type { RetrySpec } from '../../../src/model/spec/workload';
import { exactly, type Chronicle, type SceneFault } from '../../engine/scene';
import { writesOf } from './chronicle-views';
import {
  A1,
  B1,
  countOf,
  measureFailover,
  noticesOf,
  playFailover,
  reignsOf,
  type FailoverScene,
} from './failover-scene';

const crash = (atMs: number, restartAfterMs: number | null = null): SceneFault => ({
  crash: { node: 'a-1', atMs, restartAfterMs },
});

/** Dead at 1310, elected at once: both followers are in one place. */
const ELECTED_MS = 1310;
const CRASH: FailoverScene = { faults: [crash(1050)] };

describe('a promotion', () => {
  it('[SL26] takes promotionMs from the election', () => {
    for (const promotionMs of [0, 70, 800]) {
      const [{ electedAtMs, atMs }] = playFailover({ ...CRASH, failover: { promotionMs } }).failovers;
      expect(electedAtMs).toBe(ELECTED_MS);
      expect(atMs - electedAtMs).toBe(promotionMs);
    }
  });

  /** A follower applies a write in 10 ms and gets 200 a second: at the election it is a second behind. */
  const behind: FailoverScene = {
    ...CRASH,
    serviceTime: exactly(0.5),
    log: { rowsPerWrite: 20 },
    failover: { promotionMs: 0 },
    workload: { readShare: 0, clients: [{ datacenter: 'a', sessions: 400, ratePerSecond: 200 }] },
  };

  it('[SL26] takes as long as the new leader needs to apply all of its log', () => {
    const run = playFailover(behind);
    const [{ newLeader, electedAtMs, atMs }] = run.failovers;
    expect(atMs - electedAtMs).toBeGreaterThan(500);
    const own = run.applications.filter(({ replica }) => replica === newLeader);
    expect(own.filter((application) => application.atMs > atMs)).toEqual([]);
    expect(own.filter((application) => application.atMs > electedAtMs).length).toBeGreaterThan(50);
  });

  it('[SL26] is one, however long that takes: nobody holds another election meanwhile', () => {
    expect(playFailover(behind).failovers).toMatchObject([{ epoch: 2, electedAtMs: ELECTED_MS + 0.5 }]);
  });

  it('[SL24] comes to nothing if the chosen one has promised a newer epoch before it had applied all', () => {
    // b-1 is cut off as soon as it is elected, and back when b-2 asks for promises; both have much to apply.
    const faults = [crash(1050), { isolate: { node: 'b-1', atMs: 1311, healAfterMs: 595 } }];
    const run = playFailover({ ...behind, datacenters: { a: 1, b: 3 }, faults });
    expect(noticesOf(run, 'ELECTED').map(({ node, figures }) => [node, figures])).toEqual([
      [1, [2]],
      [2, [3]],
    ]);
    expect(run.leaderships.map(({ node, epoch }) => [node, epoch])).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('[SL26] is told to all: who leads, since when, in which epoch, and whom it replaces', () => {
    const run = playFailover(CRASH);
    expect(run.failovers).toMatchObject([
      {
        oldLeader: A1,
        newLeader: B1,
        oldEpoch: 1,
        epoch: 2,
        detectedAtMs: 1310,
        electedAtMs: 1310,
        atMs: 1410,
      },
    ]);
    expect(reignsOf(run)).toEqual(['0: 0 leads in 1', '1410: 1 leads in 2']);
    expect(noticesOf(run, 'ELECTED')).toMatchObject([{ node: B1, about: A1, figures: [2] }]);
    expect(noticesOf(run, 'BEGAN_TO_LEAD')).toMatchObject([{ node: B1, figures: [2], atMs: 1410 }]);
  });

  it('[SL2] goes on with the LSNs where the log of the new leader ends', () => {
    const { commits } = playFailover(CRASH);
    const lsns = (node: number) =>
      commits.filter((commit) => commit.node === node).map(({ version }) => (version as { lsn: number }).lsn);
    const [before, after] = [lsns(A1), lsns(B1)];
    expect(after).toEqual(after.map((_, index) => after[0] + index));
    expect(after[0]).toBeLessThanOrEqual(before[before.length - 1] + 1);
    expect(after[0]).toBeGreaterThan(before[before.length - 1] - 5);
  });
});

/** When the first write that was sent after a moment and succeeded was sent. */
function firstServed(run: Chronicle, afterMs: number): number {
  const sent = writesOf(run).filter(({ outcome, invokedAtMs }) => outcome === 'OK' && invokedAtMs > afterMs);
  return Math.min(...sent.map(({ invokedAtMs }) => invokedAtMs));
}

/** One write every 10 ms, hardly ever by a session that waits for another one. */
const STEADY = {
  readShare: 0,
  clients: [
    {
      datacenter: 'b',
      sessions: 10_000,
      ratePerSecond: 100,
      arrivals: { constant: { phase: 'ALIGNED' as const } },
    },
  ],
};

describe('clients find the new leader', () => {
  const scene: FailoverScene = { ...CRASH, workload: STEADY };

  it.each([0, 50, 300])('[SL26] under a virtual IP %d ms after it began to lead', (moveMs) => {
    const run = playFailover({ ...scene, failover: { redirection: { virtualIp: { moveMs } } } });
    const [{ atMs }] = run.failovers;
    expect(firstServed(run, 1060) - atMs - moveMs).toBeLessThanOrEqual(10);
    expect(firstServed(run, 1060) - atMs).toBeGreaterThanOrEqual(moveMs);
  });

  it.each([200, 600])(
    '[SL26] under DNS with the first operation after their record is %d ms old',
    (ttlMs) => {
      const run = playFailover({ ...scene, failover: { redirection: { dns: { ttlMs } } } });
      const [{ atMs }] = run.failovers;
      // They ask at 0, and whenever an operation comes and the record is too old.
      expect(firstServed(run, 1060)).toBe(Math.ceil(atMs / ttlMs) * ttlMs);
    },
  );

  it('[SL26] under DNS later, if no operation came when the record was too old', () => {
    const rare = { ...STEADY.clients[0], ratePerSecond: 1.25 };
    const run = playFailover({
      ...scene,
      failover: { redirection: { dns: { ttlMs: 500 } } },
      workload: { ...STEADY, clients: [rare] },
    });
    // Sent at 800, 1600, 2400: at 1600 the record of 800 is too old.
    expect(firstServed(run, 1060)).toBe(1600);
  });

  it.each([70, 400])('[SL26] under a proxy at its next check, every %d ms', (checkIntervalMs) => {
    const run = playFailover({ ...scene, failover: { redirection: { proxy: { checkIntervalMs } } } });
    const [{ atMs }] = run.failovers;
    const check = Math.ceil(atMs / checkIntervalMs) * checkIntervalMs;
    expect(firstServed(run, 1060)).toBe(Math.ceil(check / 10) * 10);
  });

  it('[SL26] wherever they are', () => {
    const clients = ['a', 'b'].map((datacenter) => ({ ...STEADY.clients[0], datacenter }));
    const run = playFailover({ ...scene, workload: { ...STEADY, clients } });
    const late = writesOf(run).filter(({ invokedAtMs }) => invokedAtMs > 1480);
    expect(new Set(late.map(({ client, outcome, node }) => `${client} ${outcome} ${node}`))).toEqual(
      new Set(['0 OK 1', '1 OK 1']),
    );
  });
});

describe('what clients meet in between', () => {
  const outcomes = (run: Chronicle, fromMs: number, toMs: number) =>
    new Set(
      writesOf(run)
        .filter(({ invokedAtMs }) => invokedAtMs > fromMs && invokedAtMs < toMs)
        .map(({ outcome }) => outcome),
    );

  it('[SL26] times out at a dead leader: nobody knows what became of it', () => {
    const run = playFailover({ ...CRASH, workload: STEADY });
    expect(outcomes(run, 1055, 1455)).toEqual(new Set(['UNKNOWN']));
    expect(outcomes(run, 1470, 3000)).toEqual(new Set(['OK']));
  });

  it('[SL26] is refused by a node that does not lead', () => {
    // The old leader is back as a follower, and the record of its name is kept.
    const failover: FailoverScene['failover'] = { redirection: { dns: { ttlMs: 2500 } } };
    const run = playFailover({ failover, faults: [crash(1050, 400)], workload: STEADY });
    expect(outcomes(run, 1060, 1430)).toEqual(new Set(['UNKNOWN']));
    expect(outcomes(run, 1480, 2490)).toEqual(new Set(['FAILED']));
    expect(outcomes(run, 2500, 3000)).toEqual(new Set(['OK']));
  });

  it('[SL26] refuses reads at the leader like writes, and answers those at followers', () => {
    const failover: FailoverScene['failover'] = { redirection: { dns: { ttlMs: 2500 } } };
    const story = (policy: 'LEADER' | 'ANY_FOLLOWER') =>
      playFailover({
        failover,
        reads: { policy },
        faults: [crash(1050, 400)],
        workload: { ...STEADY, readShare: 1 },
      }).ended.filter(({ invokedAtMs }) => invokedAtMs > 1600 && invokedAtMs < 2490);
    expect(new Set(story('LEADER').map(({ outcome }) => outcome))).toEqual(new Set(['FAILED']));
    expect(new Set(story('ANY_FOLLOWER').map(({ outcome }) => outcome))).toEqual(new Set(['OK']));
  });

  it('[SL26] is tried again if the client does so, and succeeds at the new leader', () => {
    const retry: RetrySpec = {
      attempts: 50,
      backoff: { initialMs: 20, factor: 1, maxMs: 20, jitter: 0 },
      on: ['TIMEOUT', 'FAILED'],
    };
    const run = playFailover({ ...CRASH, workload: { ...STEADY, timeoutMs: 50, retry } });
    expect(new Set(writesOf(run).map(({ outcome }) => outcome))).toEqual(new Set(['OK']));
    const slowest = Math.max(
      ...writesOf(run).map(({ completedAtMs, arrivedAtMs }) => completedAtMs - arrivedAtMs),
    );
    expect(slowest).toBeGreaterThan(300);
    expect(slowest).toBeLessThan(500);
  });

  it('[SL26] splits the recovery time into its parts, which add up', () => {
    const { replication } = measureFailover({ ...CRASH, workload: STEADY });
    expect(replication.failovers).toMatchObject([
      {
        isFalse: false,
        detectionMs: 260,
        electionMs: 0,
        promotionMs: 100,
        redirectionMs: 60,
        recoveryMs: 420,
      },
    ]);
  });
});

describe('exercise 3 of the seed', () => {
  // A is at 1000, B at 950, the leader at 1020, and it is gone.
  const scene: FailoverScene = {
    others: {
      initialLog: [
        { node: 'a-1', lsn: 1020 },
        { node: 'b-1', lsn: 1000 },
        { node: 'b-2', lsn: 950 },
      ],
    },
    workload: { durationMs: 3000 },
    faults: [crash(0, 2000)],
  };
  const result = measureFailover(scene);

  it('[SL23] promotes A', () => {
    expect(result.replication.failovers).toMatchObject([
      { oldLeader: 'a-1', newLeader: 'b-1', detectionMs: 300 },
    ]);
  });

  it('[SL28] loses exactly the 20 writes that A had not got', () => {
    expect(countOf(result, 'LOST_WRITE')).toBe(20);
    expect(result.replication.failovers).toMatchObject([
      { lostWrites: 20, lostRanges: [{ fromLsn: 1001, toLsn: 1020 }] },
    ]);
    expect(result.replication.recoveryPoint).toEqual({ lostWrites: 20, runsWithLoss: 1, lostWritesMax: 20 });
  });

  it('[SL27] has the old leader back as a follower, with what all others have', () => {
    const run = playFailover(scene);
    expect(reignsOf(run)).toEqual(['0: 0 leads in 1', '400: 1 leads in 2']);
    expect(noticesOf(run, 'TAIL_DISCARDED')).toMatchObject([{ node: A1, about: B1, figures: [1001, 1020] }]);
    expect(run.recoveries.map(({ replica }) => replica)).toEqual([A1]);
    expect(result.converged).toBe(true);
  });
});
