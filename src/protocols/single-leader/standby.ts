/** What the leader knows of one follower: a row of `pg_stat_replication`. */
export class Standby {
  /** `sent` entries are on their way or there; until the stream is open nothing is sent. */
  state: 'CLOSED' | 'CATCH_UP' | 'STREAMING' = 'STREAMING';
  sent = 0;
  flushed = 0;
  /** What the leader had committed when the catch-up began: with that the follower has caught up. */
  target = 0;

  /** @param node index of the follower's node */
  constructor(readonly node: number) {}

  beginCatchUp({ position, target }: { readonly position: number; readonly target: number }): void {
    this.sent = position;
    this.flushed = position;
    this.target = target;
  }
}
