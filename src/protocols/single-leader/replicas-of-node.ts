import type { Behaviour } from '../../engine/behaviour';
import type { Host } from '../../engine/host';
import type { Cause, Message, Request } from '../../engine/message';
import type { Timer } from '../../engine/timer';
import type { WriteId } from '../../model/observer';
import type { Value } from '../../model/value';
import type { Version } from '../../model/version';
import { LsnColumns } from './log/lsn-columns';
import type { DemandingRead, DemandingWrite } from './messages';
import type { Plan } from './plan';
import { Replica, type Neighbours } from './replica';
import { ShardHost, shardOfTimer, type NodeDisk } from './shard-host';

const enum Column {
  Shard,
  Position,
}

/** All replicas of one node, one a shard. They share its processor and its disk, and nothing else. */
export class ReplicasOfNode implements Behaviour, NodeDisk, Neighbours {
  readonly replicas: readonly Replica[];
  /** What the disk was given and has not flushed, in its order: whose it is, and its position there. */
  private readonly given = new LsnColumns(2, (cells) => new Int32Array(cells));

  constructor(
    private readonly host: Host,
    private readonly plan: Plan,
    private readonly shardOf: (key: number) => number,
  ) {
    this.replicas = Array.from(
      { length: plan.shards },
      (_, shard) => new Replica(new ShardHost(host, this, shard), plan, this),
    );
  }

  start(): void {
    for (const replica of this.replicas) replica.start();
  }

  persist(shard: number, position: number): void {
    if (this.plan.shards === 1) {
      this.host.persist(position);
      return;
    }
    const place = this.given.append();
    const cells = this.given.cellsOf(place);
    const row = this.given.rowOf(place);
    cells[row + Column.Shard] = shard;
    cells[row + Column.Position] = position;
    this.host.persist(place);
  }

  hasApplied(cause: Cause): boolean {
    return this.replicas[cause.shard].hasApplied(cause);
  }

  onApplied(): void {
    if (this.plan.settings.causality !== 'TRACKED') return;
    for (const replica of this.replicas) replica.drain();
  }

  onRead(read: Request): void {
    this.replicas[this.shardOf(read.key)].onRead(read as DemandingRead);
  }

  onWrite(write: Request): void {
    this.replicas[this.shardOf(write.key)].onWrite(write as DemandingWrite);
  }

  onMessage(message: Message): void {
    this.replicas[message.channel].onMessage(message);
  }

  onTimer(timer: Timer): void {
    this.replicas[shardOfTimer(timer)].onTimer(timer);
  }

  onPersisted(position: number): void {
    if (this.plan.shards === 1) this.replicas[0].onPersisted(position);
    else this.onAllPersisted(position);
  }

  onCrash(): void {
    this.given.restartAfter(this.given.last);
    for (const replica of this.replicas) replica.onCrash();
  }

  onRestart(): void {
    for (const replica of this.replicas) replica.onRestart();
  }

  versionOf(key: number): Version | null {
    return this.replicaOf(key).versionOf(key);
  }

  holds(write: WriteId): boolean {
    return this.replicaOf(write.key).holds(write);
  }

  valueFor(key: number): Value {
    return this.replicaOf(key).valueFor(key);
  }

  get retainedEntries(): number {
    return (
      this.replicas.reduce((sum, { retainedEntries }) => sum + retainedEntries, 0) * this.plan.valuesPerEntry
    );
  }

  private replicaOf(key: number): Replica {
    return this.replicas[this.shardOf(key)];
  }

  private onAllPersisted(through: number): void {
    for (let place = this.given.first; place <= through; place++) {
      const cells = this.given.cellsOf(place);
      const row = this.given.rowOf(place);
      const [shard, position] = [cells[row + Column.Shard], cells[row + Column.Position]];
      this.given.discardThrough(place);
      this.replicas[shard].onPersisted(position);
    }
  }
}
