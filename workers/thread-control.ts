import type { Claim, RunHistory } from '../src/experiments/ports/records';
import type { ShardOutcome } from '../src/experiments/ports/stores';
import type { ShardControl } from '../src/experiments/run/run-shard';

/** What a thread gets when it starts. */
export interface ThreadData {
  readonly failpoints: string;
}

export interface ThreadRequest {
  readonly claim: Claim;
  /** Memory shared by both threads: see `ThreadControl`. */
  readonly control: SharedArrayBuffer;
}

export type ThreadAnswer =
  | { readonly kind: 'DONE'; readonly outcome: ShardOutcome }
  | { readonly kind: 'STOPPED' }
  | { readonly kind: 'FAILED'; readonly reason: string };

/** What a thread says: histories while it runs a shard, at last the answer. */
export type ThreadMessage = ThreadAnswer | { readonly kind: 'HISTORY'; readonly history: RunHistory };

const STOP = 0;
const FRACTION = 0;
const OPERATIONS = 1;
const NUMBERS_AT_BYTE = 8;

/**
 * Memory that the engine's thread and its owner share, so that a stop is seen and progress told without a message:
 * a busy thread reads none. One flag, then two doubles.
 */
export class ThreadControl implements ShardControl {
  private readonly flags: Int32Array;
  private readonly numbers: Float64Array;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(NUMBERS_AT_BYTE + 16)) {
    this.flags = new Int32Array(memory, 0, 1);
    this.numbers = new Float64Array(memory, NUMBERS_AT_BYTE, 2);
  }

  readonly stopRequested = (): boolean => Atomics.load(this.flags, STOP) === 1;

  readonly report = (progress: { readonly fraction: number; readonly simulatedOperations: number }): void => {
    this.numbers[FRACTION] = progress.fraction;
    this.numbers[OPERATIONS] = progress.simulatedOperations;
  };

  readonly now = (): number => performance.now();

  requestStop(): void {
    Atomics.store(this.flags, STOP, 1);
  }

  get fraction(): number {
    return this.numbers[FRACTION];
  }

  get simulatedOperations(): number {
    return this.numbers[OPERATIONS];
  }
}
