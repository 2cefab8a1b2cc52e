import { ENGINE_VERSION } from '../engine/engine-version';
import type { ShardId } from '../model/ids';
import { CRASHES_MAX } from './poison';
import type { Claim } from './ports/records';
import type { Report } from './ports/report';
import {
  SimulationFailedError,
  SimulationStoppedError,
  type RunningShard,
  type Simulator,
} from './ports/simulator';
import { StoreUnavailableError, type ShardOutcome, type ShardStore } from './ports/stores';
import { pause } from './wake-up';

export interface ExecuteShard {
  readonly shards: ShardStore;
  readonly simulator: Simulator;
  readonly report: Report;
  /** Names this worker in the rows it claims. */
  readonly owner: string;
  readonly leaseMs: number;
  /** How often the lease is renewed and the progress told. */
  readonly renewMs: number;
}

/** How long to wait before asking a database that was away again. */
const RETRY_MS = 250;

/**
 * Claims a shard, runs it and writes its result. Does nothing if the shard is somebody else's, and stops without a
 * trace when its lease is lost. When the signal aborts, an unfinished shard is handed back.
 */
export async function executeShard(
  ports: ExecuteShard,
  shardId: ShardId,
  signal: AbortSignal,
): Promise<void> {
  const { shards, simulator, owner, leaseMs } = ports;
  const claim = await shards.claim({
    shardId,
    owner,
    leaseMs,
    engineVersion: ENGINE_VERSION,
    crashesMax: CRASHES_MAX,
  });
  if (claim === null) return;
  const running = simulator.start(claim);
  const { ending, leaseHeld } = await endOfBoth(ports, { claim, running }, signal);
  if (leaseHeld) await settle(ports, claim, ending);
}

interface Work {
  readonly claim: Claim;
  readonly running: RunningShard;
}

/** Waits for the simulation while the lease is renewed; stops the simulation when the signal aborts. */
async function endOfBoth(
  ports: ExecuteShard,
  work: Work,
  signal: AbortSignal,
): Promise<{ readonly ending: Ending; readonly leaseHeld: boolean }> {
  const over = new AbortController();
  const stop = (): void => work.running.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const leaseHeld = keepLease(ports, work, over.signal);
  try {
    const ending = await endOf(work.running);
    over.abort();
    return { ending, leaseHeld: await leaseHeld };
  } finally {
    over.abort();
    signal.removeEventListener('abort', stop);
  }
}

type Ending =
  | { readonly kind: 'DONE'; readonly outcome: ShardOutcome }
  | { readonly kind: 'FAILED'; readonly reason: string }
  | { readonly kind: 'STOPPED' };

async function endOf(running: RunningShard): Promise<Ending> {
  try {
    return { kind: 'DONE', outcome: await running.outcome };
  } catch (error) {
    if (error instanceof SimulationStoppedError) return { kind: 'STOPPED' };
    if (error instanceof SimulationFailedError) return { kind: 'FAILED', reason: error.message };
    throw error;
  }
}

/** Renews the lease until told that it is over; false if the lease was lost, and then the simulation is stopped. */
async function keepLease(ports: ExecuteShard, { claim, running }: Work, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    const held = await unlessAway(() => ports.shards.renew(claim, ports.leaseMs, running.progress()));
    if (held === false) {
      ports.report.warn(
        { shardId: claim.shardId, leaseEpoch: claim.leaseEpoch },
        'lease lost; simulation stopped',
      );
      running.stop();
      return false;
    }
    await pause(ports.renewMs, over);
  }
  return true;
}

async function settle(ports: ExecuteShard, claim: Claim, ending: Ending): Promise<void> {
  const { shards, report } = ports;
  const written = await insist(() => {
    if (ending.kind === 'DONE') return shards.finish(claim, ending.outcome);
    return ending.kind === 'FAILED' ? shards.fail(claim, ending.reason) : shards.release(claim);
  });
  const facts = { shardId: claim.shardId, leaseEpoch: claim.leaseEpoch, ending: ending.kind };
  if (written) report.info(facts, 'shard settled');
  else report.warn(facts, 'lease lost before the end was written; somebody else has the shard');
}

/** Repeats until the database answers: its fence says whether the work still counts. */
async function insist(write: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const answer = await unlessAway(write);
    if (answer !== null) return answer;
    await pause(RETRY_MS, NEVER);
  }
  throw new StoreUnavailableError(`The end of a shard could not be written in ${ATTEMPTS_MAX} attempts.`);
}

const NEVER = new AbortController().signal;
/** With the retry pause and the store's own time-outs, some minutes. */
const ATTEMPTS_MAX = 240;

/** Null while the database is away. */
async function unlessAway<Answer>(call: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof StoreUnavailableError) return null;
    throw error;
  }
}
