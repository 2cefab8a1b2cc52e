import type { LogSender } from '../replication/log-sender';
import type { Standby } from '../replication/standby';
import type { Plan } from '../plan';

export interface RuleParts {
  readonly plan: Pick<Plan, 'settings' | 'followersOf' | 'standbys' | 'timeoutMs'>;
  readonly sender: Pick<LogSender, 'find'>;
  /** The leader's own node. */
  readonly node: number;
  /** The simulated time. */
  readonly time: { readonly nowMs: number };
}

/**
 * How far followers have what the leader waits for.
 *
 * FIRST k (PostgreSQL 18, `synchronous_standby_names`): the k of the list that are connected and come first; ANY k: any k of the
 * list; SEMI_SYNC: any k of all followers (MySQL 8.4, `rpl_semi_sync_source_wait_for_replica_count`); SYNC: all of them.
 */
export class AcknowledgementRule {
  /** The followers that count, by priority. */
  private readonly candidates: readonly number[];
  private readonly count: number;

  constructor(private readonly parts: RuleParts) {
    const { plan, node } = parts;
    const { mode, count } = plan.settings.acknowledgement;
    const followers = plan.followersOf[node];
    const isListed = mode === 'FIRST' || mode === 'ANY';
    this.candidates = isListed ? plan.standbys.filter((index) => followers.includes(index)) : followers;
    this.count = mode === 'SYNC' ? this.candidates.length : count;
  }

  /** Nobody is waited for. */
  get isLocal(): boolean {
    const { mode, await: awaited } = this.parts.plan.settings.acknowledgement;
    return mode === 'ASYNC' || awaited === 'LOCAL_FLUSH';
  }

  /** The LSN up to which enough followers have the log; −1 while there are too few of them. */
  position(): number {
    if (this.count === 0) return Infinity;
    const { mode, await: awaited } = this.parts.plan.settings.acknowledgement;
    const followers =
      mode === 'FIRST' ? this.first() : this.candidates.map((node) => this.parts.sender.find(node));
    if (followers.length < this.count) return -1;
    const positions = followers.map((standby) => standby?.positionOf(awaited) ?? 0);
    return positions.sort((one, other) => other - one)[this.count - 1];
  }

  /** The first of the list that are on the live stream and were heard of lately (`wal_sender_timeout`). */
  private first(): readonly Standby[] {
    const { plan, sender, time } = this.parts;
    return this.candidates
      .map((node) => sender.find(node))
      .filter((standby) => standby !== null)
      .filter(({ state, heardAtMs }) => state === 'STREAMING' && time.nowMs - heardAtMs <= plan.timeoutMs)
      .slice(0, this.count);
  }
}
