/** No alarm of the timer is in the queue. */
export const NOT_SET = -1;

/** An alarm in the queue: for which setting of its timer it is, and of which life of its node. */
export interface AlarmOrigin {
  readonly lsn: number;
  readonly senderLife: number;
}

/** Keeps the alarms of a node's timers. */
interface AlarmKeeper {
  cancel(timer: Timer): void;
  leave(timer: Timer, alarm: AlarmOrigin): boolean;
}

/** An alarm clock of one node. Setting it again, or cancelling it, silences whatever it was set to before. */
export class Timer {
  /** Counts settings and cancellations: an alarm of an older generation is nobody's when it comes up in the queue. */
  generation = 0;
  /** While an alarm of it that will ring is in the queue, the life of its node in which it was set. */
  setInLife = NOT_SET;

  /**
   * @param kind which of its owner's timers this is, in the words of the protocol
   * @param isBackground it goes on for ever, as a heartbeat does: the world may come to rest although it is set
   */
  constructor(
    private readonly keeper: AlarmKeeper,
    readonly kind: number,
    public subject: number,
    readonly isBackground: boolean,
  ) {}

  cancel(): void {
    this.keeper.cancel(this);
  }

  /** An alarm of it has left the queue; whether it is to ring. */
  takes(alarm: AlarmOrigin): boolean {
    return this.keeper.leave(this, alarm);
  }
}
