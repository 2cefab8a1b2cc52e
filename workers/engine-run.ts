import type { RunHistory } from '../src/experiments/ports/records';
import { ThreadControl, type ThreadAnswer } from './thread-control';

/** A thread that does not stop by itself when told to, as one that sets up a large world, is ended after this. */
const STOP_WITHIN_MS = 100;
/** Looks at the progress until a run counts as stalled: not times, for a worker may sleep (SIGSTOP) between two. */
const LOOKS = 10;

interface RunSettings {
  readonly keepHistory: (history: RunHistory) => void;
  readonly stallMs: number;
  readonly endThread: () => void;
}

/** One shard on a thread: once its answer has come, nothing that is done to it reaches the thread's next shard. */
export class EngineRun {
  readonly control = new ThreadControl();
  readonly answer: Promise<ThreadAnswer>;
  private resolve: (answer: ThreadAnswer) => void = () => undefined;
  private settled = false;
  private readonly watch: NodeJS.Timeout;
  private forcedEnd: NodeJS.Timeout | null = null;
  /** The answer if the thread ends because its owner wanted it. */
  private intended: ThreadAnswer | null = null;
  private seen = '';
  private looksUnchanged = 0;

  constructor(private readonly settings: RunSettings) {
    this.answer = new Promise((resolve) => (this.resolve = resolve));
    this.watch = setInterval(() => this.look(), settings.stallMs / LOOKS);
  }

  stop(): void {
    if (this.settled) return;
    this.control.requestStop();
    this.intended ??= { kind: 'STOPPED' };
    this.forcedEnd ??= setTimeout(() => this.settings.endThread(), STOP_WITHIN_MS);
  }

  /** Takes what the thread hands over before its answer. */
  keepHistory(history: RunHistory): void {
    this.settings.keepHistory(history);
  }

  /** Called once, with what the thread says or how it died. */
  settle(answer: ThreadAnswer): void {
    this.settled = true;
    clearInterval(this.watch);
    if (this.forcedEnd !== null) clearTimeout(this.forcedEnd);
    this.resolve(answer.kind === 'FAILED' && this.intended !== null ? this.intended : answer);
  }

  private look(): void {
    const { fraction, simulatedOperations } = this.control;
    const now = `${fraction} ${simulatedOperations}`;
    this.looksUnchanged = now === this.seen ? this.looksUnchanged + 1 : 0;
    this.seen = now;
    if (this.looksUnchanged < LOOKS || this.intended !== null) return;
    const reason = `it made no progress for ${this.settings.stallMs / 1000} s, at ${describe(this.control)}`;
    this.intended = { kind: 'FAILED', reason };
    this.settings.endThread();
  }
}

function describe({ fraction, simulatedOperations }: ThreadControl): string {
  return `${Math.floor(fraction * 100)} % with ${simulatedOperations} operations`;
}
