import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { QuorumLoad } from '../workload';
import { fingerprintOf } from './fingerprint';
import { COMPILED_FOLDER } from './places';

/** What a thread is asked: to play one repetition. */
export interface RunRequest {
  readonly load: QuorumLoad;
  readonly repetition: number;
}

/** And what it answers. */
export interface RunAnswer {
  readonly events: number;
  readonly resultHash: string;
}

export interface CrewResult {
  readonly seconds: number;
  readonly events: number;
  /** Of the results of all runs, in the order of the repetitions. */
  readonly fingerprint: string;
}

/** Some worker threads that share the runs of an experiment; each takes the next one as soon as it is free. */
export class ThreadCrew {
  private readonly workers: readonly Worker[];

  constructor(threads: number) {
    const file = path.join(COMPILED_FOLDER, 'run-thread.js');
    this.workers = Array.from({ length: threads }, () => new Worker(file));
  }

  async play({ load, runs }: { readonly load: QuorumLoad; readonly runs: number }): Promise<CrewResult> {
    const answers: RunAnswer[] = [];
    let next = 0;
    const began = process.hrtime.bigint();
    await Promise.all(
      this.workers.map(async (worker) => {
        while (next < runs) {
          const repetition = next++;
          answers[repetition] = await ask(worker, { load, repetition });
        }
      }),
    );
    return {
      seconds: Number(process.hrtime.bigint() - began) / 1e9,
      events: answers.reduce((sum, { events }) => sum + events, 0),
      fingerprint: fingerprintOf(answers.map(({ resultHash }) => resultHash).join('\n')),
    };
  }

  async end(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** An error in the thread rejects. */
async function ask(worker: Worker, request: RunRequest): Promise<RunAnswer> {
  worker.postMessage(request);
  const [answer] = (await once(worker, 'message')) as [RunAnswer];
  return answer;
}
