import { Worker } from 'node:worker_threads';
import type { Claim, RunHistory } from '../src/experiments/ports/records';
import { invariant } from '../src/model/invariant';
import { EngineRun } from './engine-run';
import type { ThreadAnswer, ThreadData, ThreadMessage, ThreadRequest } from './thread-control';

export interface ThreadSettings {
  /** The compiled `engine-thread.js`. */
  readonly threadFile: string;
  /** A run that needs more heap ends with its thread, not with the worker. */
  readonly heapMbMax: number;
  /** A run whose progress does not change for this long is in an endless loop: its thread is ended. */
  readonly stallMs: number;
  /** See `Failpoints`; empty where nobody tests deaths. */
  readonly failpoints: string;
}

/** A thread of the engine as its owner sees it: runs one shard at a time; whatever ends it becomes an answer. */
export class EngineThread {
  /** Whether it takes another shard. */
  alive = true;
  private readonly worker: Worker;
  private current: EngineRun | null = null;
  private deathReason: string | null = null;

  constructor(private readonly settings: ThreadSettings) {
    const workerData: ThreadData = { failpoints: settings.failpoints };
    this.worker = new Worker(settings.threadFile, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: settings.heapMbMax },
    });
    this.worker.on('message', (message: ThreadMessage) => this.hear(message));
    this.worker.on('error', (error) => (this.deathReason = `${error.name}: ${error.message}`));
    this.worker.on('exit', (code) => this.onExit(code));
  }

  run(claim: Claim, keepHistory: (history: RunHistory) => void): EngineRun {
    invariant(this.alive && this.current === null, 'a thread runs one shard at a time');
    const { stallMs } = this.settings;
    const run = new EngineRun({ keepHistory, stallMs, endThread: () => void this.end() });
    this.current = run;
    const request: ThreadRequest = { claim, control: run.control.memory };
    this.worker.postMessage(request);
    return run;
  }

  async end(): Promise<void> {
    this.alive = false;
    await this.worker.terminate();
  }

  private onExit(code: number): void {
    this.alive = false;
    const reason = this.deathReason ?? `its thread exited with code ${code}`;
    this.settle({ kind: 'FAILED', reason });
  }

  /** Histories come before the answer of their shard. */
  private hear(message: ThreadMessage): void {
    if (message.kind === 'HISTORY') this.current?.keepHistory(message.history);
    else this.settle(message);
  }

  private settle(answer: ThreadAnswer): void {
    const run = this.current;
    this.current = null;
    run?.settle(answer);
  }
}
