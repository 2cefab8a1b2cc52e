import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { invariant } from '../../src/model/invariant';
import type { QuorumLoad } from '../workload';
import { COMPILED_FOLDER } from './places';
import type { Play, Player } from './play';

/** What the process of a subject is asked. */
export interface PlayRequest {
  readonly subject: string;
  readonly load: QuorumLoad;
}

/** And what it answers. */
export type PlayAnswer = { readonly play: Play } | { readonly failure: string };

/** A fresh process runs at half speed until its code is compiled: so many operations are played before anything counts. */
const WARM_UP_OPERATIONS = 200_000;

/** A subject in a process of its own: another protocol, played before in the same one, would cost it some percent. */
export class SubjectPlayer implements Player {
  private readonly process: ChildProcess;
  private readonly warmRates = new Set<number>();

  constructor(readonly name: string) {
    this.process = fork(path.join(COMPILED_FOLDER, 'play-process.js'));
  }

  async play(load: QuorumLoad): Promise<Play> {
    if (!this.warmRates.has(load.ratePerMs)) {
      await this.ask({ ...load, operations: Math.min(WARM_UP_OPERATIONS, load.operations) });
      this.warmRates.add(load.ratePerMs);
    }
    return this.ask(load);
  }

  end(): void {
    if (this.process.connected) this.process.disconnect();
  }

  private ask(load: QuorumLoad): Promise<Play> {
    const request: PlayRequest = { subject: this.name, load };
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void =>
        reject(new Error(`the process of ${this.name} ended with code ${code}`));
      this.process.once('exit', onExit);
      this.process.once('message', (answer: PlayAnswer) => {
        this.process.off('exit', onExit);
        if ('play' in answer) resolve(answer.play);
        else reject(new Error(answer.failure));
      });
      invariant(this.process.connected, `the process of ${this.name} has ended`);
      this.process.send(request);
    });
  }
}
