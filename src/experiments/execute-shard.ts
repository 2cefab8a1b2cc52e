import { ENGINE_VERSION } from '../engine/engine-version';
import type { ShardId } from '../model/ids';
import { insist, unlessAway } from './insist';
import { crashRule } from './poison';
import type { Failpoint } from './ports/failpoint';
import type { IdSource } from './ports/ids';
import type { Claim } from './ports/records';
import type { Report } from './ports/report';
import {
  SimulationFailedError,
  SimulationStoppedError,
  type RunningShard,
  type Simulator,
} from './ports/simulator';
import type { LeaseState, ShardOutcome, ShardStore } from './ports/stores';
import { HistoryWriter } from './history-writer';
import { runLoadOf } from './run-cost';
import { aborted, pause } from './wake-up';

export interface ExecuteShard {
  readonly shards: ShardStore;
  readonly simulator: Simulator;
  readonly ids: Pick<IdSource, 'shard'>;
  readonly report: Report;
  readonly failpoint: Failpoint;
  /** Names this worker in the rows it claims. */
  readonly owner: string;
  readonly leaseMs: number;
  /** How often the lease is renewed, the progress told, and asked whether to go on. */
  readonly renewMs: number;
}

/**
 * Claims a shard, runs it and writes its end. Does nothing if the shard is somebody else's, and stops without a trace
 * when its lease is lost. When the signal aborts, or the experiment is paused or cancelled, the shard is released.
 */
export async function executeShard(
  ports: ExecuteShard,
  shardId: ShardId,
  signal: AbortSignal,
): Promise<void> {
  const { shards, owner, leaseMs, failpoint } = ports;
  await failpoint('worker.before-claim');
  const claim = await shards.claim({
    shardId,
    owner,
    leaseMs,
    engineVersion: ENGINE_VERSION,
    crashRule: crashRule(ports.ids),
  });
  if (claim !== null) await new ShardInHand(ports, claim, signal).toItsEnd();
}

type Ending =
  | { readonly kind: 'DONE'; readonly outcome: ShardOutcome; readonly seconds: number }
  | { readonly kind: 'CRASHED'; readonly reason: string }
  | { readonly kind: 'STOPPED' }
  /** It is done, and not all of its histories are written: it must not count as done without them. */
  | { readonly kind: 'UNWRITTEN' };

/** One claimed shard: its simulation and its lease, which end together. */
class ShardInHand {
  private readonly running: RunningShard;
  private readonly histories: HistoryWriter;
  private readonly over = new AbortController();
  private readonly isOver = aborted(this.over.signal);
  private readonly began = performance.now();

  constructor(
    private readonly ports: ExecuteShard,
    private readonly claim: Claim,
    /** Aborted when the worker is to stop. */
    private readonly stopping: AbortSignal,
  ) {
    this.histories = new HistoryWriter(ports.shards, claim, stopping);
    this.running = ports.simulator.start(claim, (history) => this.histories.write(history));
  }

  /** Whichever fails unexpectedly, simulation or lease: the other ends as well, and then it is thrown. */
  async toItsEnd(): Promise<void> {
    const { stopping } = this;
    const stop = (): void => this.running.stop();
    stopping.addEventListener('abort', stop, { once: true });
    if (stopping.aborted) stop();
    const [ending, lease] = await Promise.allSettled([
      this.ending().finally(() => this.over.abort()),
      this.keepLease().finally(() => this.over.abort()),
      this.ports.failpoint('worker.running'),
    ]);
    stopping.removeEventListener('abort', stop);
    if (lease.status === 'rejected') throw lease.reason;
    if (ending.status === 'rejected') throw ending.reason;
    if (lease.value !== 'LOST') await this.settle(ending.value);
  }

  /** Renews the lease until the simulation is over, or stops that when told to. */
  private async keepLease(): Promise<LeaseState> {
    const { ports, claim, running } = this;
    try {
      while (!this.over.signal.aborted) {
        const answer = unlessAway(() => ports.shards.renew(claim, ports.leaseMs, running.progress()));
        // A database that hangs must not hold up what comes after the end: its fence judges that as well.
        const state = await Promise.race([answer, this.isOver]);
        if (state === 'LOST' || state === 'CANCEL' || state === 'PAUSE') {
          ports.report[state === 'LOST' ? 'warn' : 'info']({ ...this.facts(), state }, 'simulation stopped');
          running.stop();
          return state;
        }
        await pause(ports.renewMs, this.over.signal);
      }
      return 'HELD';
    } catch (error) {
      running.stop();
      throw error;
    }
  }

  private async settle(ending: Ending): Promise<void> {
    const { failpoint, report } = this.ports;
    if (ending.kind === 'UNWRITTEN') {
      report.warn(this.facts(), 'its histories could not be written; the lease will end by itself');
      return;
    }
    if (ending.kind === 'DONE') await failpoint('worker.before-finish');
    const written = await insist(() => this.write(ending), this.stopping);
    if (ending.kind === 'DONE' && written) {
      await failpoint('worker.after-finish');
      await this.learn(ending.seconds);
    }
    const facts = { ...this.facts(), ending: ending.kind };
    if (written === null) report.warn(facts, 'the database is away; the lease will end by itself');
    else if (written) report.info(facts, 'shard settled');
    else report.warn(facts, 'lease lost before the end was written; somebody else has the shard');
  }

  private async write(ending: Exclude<Ending, { kind: 'UNWRITTEN' }>): Promise<boolean> {
    const { shards, ids } = this.ports;
    if (ending.kind === 'DONE') return shards.finish(this.claim, ending.outcome);
    if (ending.kind === 'STOPPED') return shards.release(this.claim);
    return shards.crash(this.claim, ending.reason, crashRule(ids));
  }

  /** The result is written: whatever goes wrong here is a line in the log and no more. */
  private async learn(seconds: number): Promise<void> {
    const { shards, report } = this.ports;
    const { spec, runCount } = this.claim;
    try {
      await shards.learnCost({ ...runLoadOf(spec), runs: runCount, seconds });
    } catch (error) {
      report.warn({ ...this.facts(), err: error }, 'the time that the shard took was not remembered');
    }
  }

  private async ending(): Promise<Ending> {
    try {
      const outcome = await this.running.outcome;
      const seconds = (performance.now() - this.began) / 1000;
      const isComplete = await this.histories.written();
      return isComplete ? { kind: 'DONE', outcome, seconds } : { kind: 'UNWRITTEN' };
    } catch (error) {
      if (error instanceof SimulationStoppedError) return { kind: 'STOPPED' };
      if (error instanceof SimulationFailedError) return { kind: 'CRASHED', reason: error.message };
      throw error;
    }
  }

  private facts() {
    const { shardId, leaseEpoch } = this.claim;
    return { shardId, leaseEpoch };
  }
}
