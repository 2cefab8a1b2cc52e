import type {
  Commit,
  Discard,
  Failover,
  FaultEvent,
  LeadershipEvent,
  ObservedOperation,
  Reconciliation,
} from '../../../src/model/observer';
import { isMeasured } from '../../../src/model/operation';
import type { Draft, Drafts } from './drafts';
import type { Word } from './words';

export interface OperationEvent {
  readonly kind: 'INVOKED' | 'ENDED';
  /** Whole, as it was at the end; `play` hides from an observer what is not yet known. */
  readonly operation: ObservedOperation;
}

/** What happens at one point of a history. */
export type Moment =
  | OperationEvent
  | { readonly kind: 'COMMITTED'; readonly commit: Commit }
  | { readonly kind: 'DISCARDED'; readonly discard: Discard }
  | { readonly kind: 'RECONCILED'; readonly reconciliation: Reconciliation }
  | { readonly kind: 'LEADERSHIP'; readonly event: LeadershipEvent }
  | { readonly kind: 'FAILED_OVER'; readonly failover: Failover }
  | { readonly kind: 'FAULT'; readonly fault: FaultEvent };

export interface Said {
  readonly word: Exclude<Word, { readonly is: 'BAR' | 'ARRIVAL' | 'SEND' | 'END' }>;
  readonly atMs: number;
}

export interface Frame {
  readonly drafts: Drafts;
  readonly zeroMs: number;
  readonly durationMs: number;
}

/** What a word means that is about nodes rather than sessions. */
export function momentOf({ word, atMs: saidAtMs }: Said, { drafts, zeroMs, durationMs }: Frame): Moment {
  const atMs = saidAtMs - zeroMs;
  switch (word.is) {
    case 'COMMIT': {
      const measured = isMeasured(shifted(drafts.get(word.operation), zeroMs), { durationMs });
      return {
        kind: 'COMMITTED',
        commit: { ...drafts.writeId(word.operation), node: word.node, atMs, measured },
      };
    }
    case 'DISCARD':
      return { kind: 'DISCARDED', discard: { ...drafts.writeId(word.operation), node: word.node, atMs } };
    case 'MEETING': {
      const { replica, operations, dropped } = word;
      const { key } = drafts.get(operations[0]).sending;
      return { kind: 'RECONCILED', reconciliation: { replica, key, operations, dropped, atMs } };
    }
    case 'LEADERSHIP':
      return { kind: 'LEADERSHIP', event: { ...leaderIn(word), atMs } };
    case 'FAULT':
      return { kind: 'FAULT', fault: { kind: word.kind, atMs, nodes: word.nodes, text: [] } };
    case 'FAILOVER': {
      const { oldLeader, newLeader, shard, oldEpoch, epoch, condition, reachedNodes } = word;
      const times = { detectedAtMs: atMs - 0.5, electedAtMs: atMs - 0.25, atMs };
      const epochs = { shard, oldEpoch, epoch };
      const failover = { oldLeader, newLeader, ...epochs, ...times, condition, reachedNodes };
      return { kind: 'FAILED_OVER', failover };
    }
  }
}

function leaderIn({ kind, node, epoch, shard }: Word & { is: 'LEADERSHIP' }) {
  return { kind, node, epoch, shard };
}

function shifted({ arrivedAtMs }: Draft, zeroMs: number) {
  return { arrivedAtMs: arrivedAtMs - zeroMs };
}
