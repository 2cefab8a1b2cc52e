import type { Listener } from '../../../src/experiments/run/fan-out-observer';
import type {
  Commit,
  FaultEvent,
  FinalState,
  ObservedOperation,
  PositionSample,
  ReplicaPosition,
  WriteId,
} from '../../../src/model/observer';
import { isMeasured } from '../../../src/model/operation';
import { copyOfVersion, isLogVersion } from '../../../src/model/version';

export interface AccountSettings {
  readonly durationMs: number;
  readonly keys: number;
  readonly shardOf: (key: number) => number;
  /** Writes from before the run, which count as acknowledged. */
  readonly initialWrites: number;
}

/** Mistakes that are kept: one tells as much as a thousand. */
const MISTAKES_MAX = 5;

/** Keeps its own books of a run, and says what is wrong in it by rules that hold whatever the settings. */
export class Accounts implements Listener {
  readonly mistakes: string[] = [];
  /** Writes from before the run or told to be done in its measured duration, and those of them that somebody holds at the end. */
  acknowledged = 0;
  kept = 0;
  positionsSeen = 0;
  private readonly writes: WriteId[] = [];
  /** By shard and epoch: who commits in it, and the last LSN. */
  private readonly leaders = new Map<string, { readonly node: number; lsn: number }>();

  /** By node: upgrades that came while it was up, and so were not in vain. */
  private readonly upgrades = new Map<number, number>();

  constructor(private readonly settings: AccountSettings) {
    const { initialWrites, keys } = settings;
    for (let lsn = 1; lsn <= initialWrites; lsn++)
      this.writes.push({ operation: -lsn, key: (lsn - 1) % keys, version: { epoch: 1, lsn } });
  }

  /** Whether the nodes end with several versions of their software. */
  isMixed(nodes: number): boolean {
    const counts = Array.from({ length: nodes }, (_, node) => this.upgrades.get(node) ?? 0);
    return new Set(counts).size > 1;
  }

  operationEnded(operation: ObservedOperation): void {
    const { kind, outcome, id, key, version } = operation;
    if (kind !== 'WRITE' || outcome !== 'OK' || !isMeasured(operation, this.settings)) return;
    if (version === null) this.accuse(`write ${id} was acknowledged without a version`);
    else this.writes.push({ operation: id, key, version: copyOfVersion(version) });
  }

  /** An epoch has one leader, and that one never gives a version twice. */
  committed({ operation, key, version, node }: Commit): void {
    if (!isLogVersion(version)) {
      this.accuse(`write ${operation} has no place in a log`);
      return;
    }
    const { epoch, lsn } = version;
    const place = `${this.settings.shardOf(key)} ${epoch}`;
    const leader = this.leaders.get(place);
    if (leader === undefined) this.leaders.set(place, { node, lsn });
    else if (leader.node !== node)
      this.accuse(`nodes ${leader.node} and ${node} commit in shard, epoch ${place}`);
    else if (lsn <= leader.lsn) this.accuse(`${lsn} comes after ${leader.lsn} in shard, epoch ${place}`);
    else leader.lsn = lsn;
  }

  positions({ atMs, replicas, logBytes }: PositionSample): void {
    for (const replica of replicas) {
      this.positionsSeen++;
      if (!isSane(replica)) this.accuse(`at ${atMs}: ${JSON.stringify(replica)}`);
    }
    for (const bytes of logBytes) if (!(bytes >= 0)) this.accuse(`at ${atMs}: a log of ${bytes} bytes`);
  }

  fault({ kind, nodes }: FaultEvent): void {
    if (kind === 'UPGRADE')
      for (const node of nodes) this.upgrades.set(node, 1 + (this.upgrades.get(node) ?? 0));
  }

  settled(_atMs: number, states: readonly FinalState[]): void {
    this.acknowledged = this.writes.length;
    this.kept = this.writes.filter((write) => states.some((state) => state.holds(write))).length;
  }

  private accuse(mistake: string): void {
    if (this.mistakes.length < MISTAKES_MAX) this.mistakes.push(mistake);
  }
}

/** Nothing is applied that is not durable, nor durable that is not written, nor written that was not sent. */
function isSane(position: ReplicaPosition): boolean {
  const { sentLsn, writeLsn, flushLsn, replayLsn, lagBytes, lagMs } = position;
  return (
    sentLsn >= writeLsn &&
    writeLsn >= flushLsn &&
    flushLsn >= replayLsn &&
    replayLsn >= 0 &&
    lagBytes >= 0 &&
    lagMs >= 0
  );
}
