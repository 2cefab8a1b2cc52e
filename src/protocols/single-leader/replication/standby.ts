import type { Awaited } from '../settings/acknowledgement';

/** What an upstream knows of one of its followers: a row of `pg_stat_replication`. */
export class Standby {
  /** CLOSED: nothing is sent; COPYING: a copy is being made for it. `sent` entries are on their way or there. */
  state: 'CLOSED' | 'COPYING' | 'CATCH_UP' | 'STREAMING' = 'CLOSED';
  // All of these are LSNs.
  sent = 0;
  written = 0;
  flushed = 0;
  applied = 0;
  /** What the upstream had flushed when the catch-up began: with that the follower has caught up. */
  target = 0;
  /** Which of its questions is answered now. */
  question = 0;
  /** When it was heard last, by the clock of the run. */
  heardAtMs = -Infinity;

  /** @param node index of the follower's node */
  constructor(readonly node: number) {}

  /** The log goes to it. */
  get isConnected(): boolean {
    return this.state === 'CATCH_UP' || this.state === 'STREAMING';
  }

  /** It says where it stands, and what follows is sent from there. */
  restartAt(
    position: number,
    { flushed, applied }: { readonly flushed: number; readonly applied: number },
  ): void {
    this.sent = position;
    this.written = position;
    this.flushed = Math.min(position, flushed);
    this.applied = Math.min(position, applied);
  }

  /** How far it is in what a leader waits for. Of what is being copied for it, it has nothing until it says so. */
  positionOf(awaited: Awaited): number {
    if (this.state === 'COPYING') return 0;
    if (awaited === 'REMOTE_WRITE') return Math.max(this.written, this.flushed);
    return awaited === 'REMOTE_APPLY' ? this.applied : this.flushed;
  }
}
