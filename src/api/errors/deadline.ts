import { RequestError } from './request-error';

/** How long one request may take, counted from its making. */
export class Deadline {
  private readonly endsAtMs: number;

  constructor(private readonly limitMs: number) {
    this.endsAtMs = performance.now() + limitMs;
  }

  /**
   * The work's own outcome if it comes in time. What comes later is dropped: the caller has its answer.
   *
   * @throws RequestError TIMEOUT
   */
  async limit<Value>(work: Promise<Value>): Promise<Value> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.error()), Math.max(0, this.endsAtMs - performance.now()));
    });
    try {
      return await Promise.race([work, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  private error(): RequestError {
    return new RequestError(
      'TIMEOUT',
      `The answer was not ready within ${this.limitMs} ms. Ask for less, or try again; repeat a mutation with the ` +
        'same idempotencyKey, since it may still be carried out.',
      { limitMs: this.limitMs },
    );
  }
}
