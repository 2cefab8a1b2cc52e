import { DOWN_FAULTS, HARMFUL_FAULTS } from '../../model/fault-effects';
import type { Failover, FaultEvent, FaultKind } from '../../model/observer';

/** More than come between a fault and the failover that it causes, unless a cluster does little but fail. */
const FAULTS_KEPT = 1024;

export interface FaultSought {
  readonly leader: number;
  /** What the leader was when it was declared dead. */
  readonly condition: Failover['condition'];
  /** It came in [fromMs, beforeMs). */
  readonly fromMs: number;
  readonly beforeMs: number;
}

/** The last harmful faults of a run: whoever was declared dead was so because of one of them. */
export class HarmfulFaults {
  private readonly kept: Pick<FaultEvent, 'kind' | 'atMs' | 'nodes'>[] = [];

  fault({ kind, atMs, nodes }: FaultEvent): void {
    if (!HARMFUL_FAULTS.includes(kind)) return;
    this.kept.push({ kind, atMs, nodes: [...nodes] });
    if (this.kept.length > FAULTS_KEPT) this.kept.shift();
  }

  /** When the last one came that explains why that leader was declared dead; null if none does. */
  lastAtMs({ leader, condition, fromMs, beforeMs }: FaultSought): number | null {
    const kinds = EXPLANATIONS[condition];
    for (let index = this.kept.length - 1; index >= 0; index -= 1) {
      const { kind, atMs, nodes } = this.kept[index];
      if (atMs < fromMs) return null;
      const isAbout = kind === 'PARTITION' || nodes.includes(leader);
      if (atMs < beforeMs && isAbout && kinds.includes(kind)) return atMs;
    }
    return null;
  }
}

/** A partition does not name whom it cuts off: of a leader that is down or stands still, that is what happened. */
const EXPLANATIONS: Readonly<Record<Failover['condition'], readonly FaultKind[]>> = {
  DOWN: DOWN_FAULTS,
  PAUSED: ['PAUSE'],
  RUNNING: HARMFUL_FAULTS,
};
