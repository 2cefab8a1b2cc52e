import { invariant } from '../model/invariant';
import type { Failover } from '../model/observer';

/** A leader that somebody says is dead. */
export type DeadLeader = Pick<Failover, 'shard'> & { readonly node: number; readonly epoch: number };

/** What whoever takes over knows of it. */
export type Takeover = Pick<
  Failover,
  'oldLeader' | 'newLeader' | 'shard' | 'oldEpoch' | 'epoch' | 'electedAtMs'
>;

/** What a node really is, and with how many others it can speak. */
export type Reach = Pick<Failover, 'condition' | 'reachedNodes'>;

/** Found out of a leader as it was first declared dead. */
type Finding = Reach & Pick<Failover, 'oldEpoch' | 'detectedAtMs'>;

/** Findings kept for a shard: nobody takes over from a leader so many epochs old. */
const FINDINGS_KEPT = 16;

/** Knows of each failover what no node of the cluster can know: whether it was right to declare the old leader dead. */
export class FailoverWatch {
  /** By shard, the oldest first. */
  private readonly findings = new Map<number, Finding[]>();

  /**
   * @param time the simulated time, in ms
   * @param reachOf of a node, now
   */
  constructor(
    private readonly time: { readonly now: number },
    private readonly reachOf: (node: number) => Reach,
  ) {}

  /** Only the first word about the leader of an epoch counts. */
  declaredDead({ node, epoch, shard }: DeadLeader): void {
    if (this.findingOf({ shard, oldEpoch: epoch }) !== undefined) return;
    const finding = { oldEpoch: epoch, detectedAtMs: this.time.now, ...this.reachOf(node) };
    const latest = (this.findings.get(shard) ?? []).slice(1 - FINDINGS_KEPT);
    this.findings.set(shard, [...latest, finding]);
  }

  /** The failover as a whole, which is over now. */
  tookOver(takeover: Takeover): Failover {
    const finding = this.findingOf(takeover);
    invariant(finding !== undefined, 'nobody takes over from a leader that was not declared dead');
    return { ...takeover, ...finding, atMs: this.time.now };
  }

  private findingOf({ shard, oldEpoch: epoch }: Pick<Takeover, 'shard' | 'oldEpoch'>): Finding | undefined {
    return this.findings.get(shard)?.find(({ oldEpoch }) => oldEpoch === epoch);
  }
}
