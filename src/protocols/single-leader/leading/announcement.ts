import type { Timer } from '../../../engine/timer';
import { Kind, TimerKind } from '../messages';
import type { Plan } from '../plan';
import type { ShardHost } from '../shard-host';

/** How a new leader makes itself known: to the nodes at once, to the clients when their way to it is there. */
export class Announcement {
  private readonly redirection: Timer;
  private epoch = 0;

  constructor(
    private readonly host: ShardHost,
    private readonly plan: Plan,
  ) {
    this.redirection = host.createTimer(TimerKind.Redirection);
  }

  make(epoch: number): void {
    const { plan, host } = this;
    this.epoch = epoch;
    for (let node = 0; node < plan.nodes; node++)
      if (node !== host.id) host.stream(node, Kind.Lead).epoch = epoch;
    const way = plan.settings.failover.redirection;
    if ('virtualIp' in way) host.setTimer(this.redirection, way.virtualIp.moveMs);
    else this.redirect();
  }

  /** Clients learn where their leader is. */
  redirect(): void {
    for (const client of this.plan.clientEndpoints) this.host.stream(client, Kind.Moved).epoch = this.epoch;
  }

  /** It does not lead any more. */
  withdraw(): void {
    this.redirection.cancel();
  }
}
