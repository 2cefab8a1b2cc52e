/** An alarm clock of one node. Setting it again, or cancelling it, silences whatever it was set to before. */
export class Timer {
  /** Counts settings and cancellations: an alarm of an older generation is nobody's when it comes up in the queue. */
  generation = 0;

  /** @param kind which of its owner's timers this is, in the words of the protocol */
  constructor(
    readonly kind: number,
    public subject = 0,
  ) {}

  cancel(): void {
    this.generation = (this.generation + 1) | 0;
  }
}
