import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Claim } from '../src/experiments/ports/records';
import type { ThreadAnswer, ThreadControl, ThreadRequest } from './thread-control';

/** Of one thread; a run that needs more ends with its thread, not with the worker. */
const HEAP_MB_MAX = 2048;
/** A thread that does not stop by itself when told to is ended after this. */
const STOP_WITHIN_MS = 1000;

/** A thread of the engine as its owner sees it: runs one shard at a time; whatever ends it becomes an answer. */
export class EngineThread {
  alive = true;
  private readonly worker = new Worker(path.join(__dirname, 'engine-thread.js'), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
  });
  private answer: (answer: ThreadAnswer) => void = () => {};
  private forcedEnd: NodeJS.Timeout | null = null;
  private deathReason: string | null = null;

  constructor() {
    this.worker.on('message', (answer: ThreadAnswer) => this.settle(answer));
    this.worker.on('error', (error) => (this.deathReason = `${error.name}: ${error.message}`));
    this.worker.on('exit', (code) => this.onExit(code));
  }

  run(claim: Claim, control: ThreadControl): Promise<ThreadAnswer> {
    return new Promise((resolve) => {
      this.answer = resolve;
      const request: ThreadRequest = { claim, control: control.memory };
      this.worker.postMessage(request);
    });
  }

  stop(control: ThreadControl): void {
    control.requestStop();
    this.forcedEnd ??= setTimeout(() => void this.end(), STOP_WITHIN_MS);
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private onExit(code: number): void {
    this.alive = false;
    const stopped = this.forcedEnd !== null;
    const reason = this.deathReason ?? `The engine's thread exited with code ${code}.`;
    this.settle(stopped ? { kind: 'STOPPED' } : { kind: 'FAILED', reason });
  }

  private settle(answer: ThreadAnswer): void {
    if (this.forcedEnd !== null) clearTimeout(this.forcedEnd);
    this.forcedEnd = null;
    this.answer(answer);
  }
}
