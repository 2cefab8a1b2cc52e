import type { AnomalyTally } from '../../model/anomaly';
import type { ObservedOperation } from '../../model/observer';
import type { Operation } from '../../model/operation';
import { isOlder, type Version } from '../../model/version';
import type { CheckedRun } from '../checked-run';
import type { Checker } from '../checker';
import { Frontiers, type Frontier } from '../memory/frontier';
import { copyOf, pairOf } from '../memory/operation-rows';
import { RecentWrites } from '../memory/recent-writes';
import { isJudged, Tally } from '../tally';
import { explainConsistentPrefix, type SeenEffect } from './wording';

/** Sessions and keys of which it is remembered what they owe: at most some 40 MB. */
const DEBTORS_MAX = 65_536;

/** What a session must be able to see of a key: the version of a cause whose effect it has seen. */
interface Debt extends SeenEffect {
  readonly version: Version | null;
}

/**
 * CONSISTENT_PREFIX: an effect is read without its cause. A session that has read a write which names its cause must not read
 * the cause's key in an older version than the cause's; nor may the effect stand before its cause in the order of one key.
 *
 * Effects and causes are direct ones: of a chain, each link is judged by itself.
 */
export class ConsistentPrefixChecker implements Checker {
  private readonly reads: Tally;
  private readonly writes = new RecentWrites();
  /** By session and key. */
  private readonly debts = new Frontiers<Debt>(DEBTORS_MAX);

  constructor(private readonly outline: CheckedRun) {
    this.reads = new Tally('CONSISTENT_PREFIX', outline);
  }

  operationInvoked(operation: ObservedOperation): void {
    if (operation.kind === 'WRITE') this.writes.sent(operation);
  }

  operationEnded(operation: ObservedOperation): void {
    if (operation.kind === 'WRITE') this.writes.ended(operation);
    else if (operation.outcome === 'OK') this.onRead(operation);
  }

  tallies(): readonly AnomalyTally[] {
    return [this.reads.tally()];
  }

  private onRead(read: ObservedOperation): void {
    const effect = read.writer === null ? null : this.writes.find(read.writer);
    const cause = this.causeOf(effect?.cause ?? null);
    const seen = effect === null || cause === null ? null : { cause, effect: effect.operation };
    const debts = this.debts.at(pairOf(read, this.outline.keys));
    if (isJudged(read, this.outline)) this.judge(read, debts, seen);
    if (seen === null) return;
    const debt = { ...seen, seen: copyOf(read), version: seen.cause.version };
    const debtor = pairOf({ session: read.session, key: seen.cause.key }, this.outline.keys);
    if (!this.debts.add(debtor, debt)) this.reads.forgotten();
  }

  /** Only a cause that was acknowledged must be seen. */
  private causeOf(id: number | null): Operation | null {
    const write = id === null ? null : this.writes.find(id);
    return write !== null && write.operation.outcome === 'OK' ? write.operation : null;
  }

  private judge(
    read: ObservedOperation,
    debts: Frontier<Debt>,
    found: Pick<SeenEffect, 'cause' | 'effect'> | null,
  ): void {
    this.reads.judged();
    const debt = debts.newerThan(read.version);
    if (found?.cause.key === read.key && isOlder(read.version, found.cause.version))
      this.accuse(read, { ...found, seen: null });
    else if (debt !== null) this.accuse(read, debt);
    else if (!debts.isComplete || this.isForgotten(read)) this.reads.forgotten();
  }

  /** Whether it may be an effect or not is not known any more; a write from before the run is none. */
  private isForgotten({ writer }: ObservedOperation): boolean {
    if (writer === null || writer < 0) return false;
    const effect = this.writes.find(writer);
    if (effect === null) return true;
    return effect.cause !== null && effect.cause >= 0 && this.writes.find(effect.cause) === null;
  }

  private accuse(read: ObservedOperation, shown: SeenEffect): void {
    if (!this.reads.showedIn(read)) return;
    const last = copyOf(read);
    const { cause, effect, seen } = shown;
    const before = [cause, effect, ...(seen === null ? [] : [seen])];
    this.reads.witness({
      atMs: read.completedAtMs,
      explanation: explainConsistentPrefix(this.outline, shown, last),
      operations: [...before.sort(byInvocation), last],
    });
  }
}

function byInvocation(one: Operation, other: Operation): number {
  return one.invokedAtMs - other.invokedAtMs || one.id - other.id;
}
