import type { RetrySpec } from '../model/spec/workload';
import type { Random } from './random';

/**
 * How long a client waits before it tries again: exponential back-off with jitter.
 *
 * Before the n-th retry at most min(maxMs, initialMs × factor^(n − 1)); chance takes off up to the share `jitter` of it.
 * With 1 that is the "full jitter", with ½ the "equal jitter" of M. Brooker, "Exponential Backoff And Jitter" (AWS
 * Architecture Blog, 2015), with 0 every client waits alike.
 */
export class BackOff {
  /** The longest wait before each retry, from the first. */
  private readonly longestMs: Float64Array;
  private readonly jitter: number;

  constructor({ attempts, backoff }: Pick<RetrySpec, 'attempts' | 'backoff'>) {
    this.jitter = backoff.jitter;
    this.longestMs = new Float64Array(attempts - 1);
    let longestMs = backoff.initialMs;
    for (let retry = 0; retry < this.longestMs.length; retry++) {
      this.longestMs[retry] = Math.min(backoff.maxMs, longestMs);
      longestMs = this.longestMs[retry] * backoff.factor;
    }
  }

  /** Retries an operation may have; 0: it is tried once. */
  get retries(): number {
    return this.longestMs.length;
  }

  /**
   * The wait before a retry, in milliseconds. One draw, whatever the jitter, so that a change of it shifts no later draw.
   *
   * @param retry from 1 to `retries`
   */
  delayMs(retry: number, random: Random): number {
    return this.longestMs[retry - 1] * (1 - this.jitter * random.uniform());
  }
}
