import type { FailoverMeasurement } from '../../src/model/failover-measurements';
import type {
  Failover,
  FaultEvent,
  FaultKind,
  LeadershipEvent,
  Notice,
  NoticeKind,
  ObservedOperation,
  RunOutline,
} from '../../src/model/observer';

/** Three nodes a, b and c; keys fall to two shards by turns if it is asked for. */
export function outlineOf(options: Partial<RunOutline> = {}): RunOutline {
  return {
    repetition: 4,
    nodes: ['a', 'b', 'c'],
    clientDatacenters: [null],
    sessions: 10,
    keys: 10,
    durationMs: 100_000,
    keyName: (key) => `key ${key}`,
    ...options,
  };
}

export const TWO_SHARDS = { shardOf: (key: number) => key % 2 };

export function fault(kind: FaultKind, atMs: number, ...nodes: readonly number[]): FaultEvent {
  return { kind, atMs, nodes, text: [] };
}

export function began(node: number, epoch: number, atMs: number, shard = 0): LeadershipEvent {
  return { kind: 'BEGAN', node, epoch, atMs, shard };
}

export function ended(node: number, epoch: number, atMs: number, shard = 0): LeadershipEvent {
  return { kind: 'ENDED', node, epoch, atMs, shard };
}

/** Node b takes over from a, which is down: declared dead at 13 s, chosen at 13.5 s, led from 14.5 s. */
export function takeover(told: Partial<Failover> = {}): Failover {
  return {
    oldLeader: 0,
    newLeader: 1,
    shard: 0,
    oldEpoch: 1,
    epoch: 2,
    detectedAtMs: 13_000,
    electedAtMs: 13_500,
    atMs: 14_500,
    condition: 'DOWN',
    reachedNodes: 0,
    ...told,
  };
}

export function notice(kind: NoticeKind, told: Partial<Notice> = {}): Notice {
  return { kind, node: 1, about: 0, figures: [], shard: 0, atMs: 5, ...told };
}

/** A write of key 0 that node b acknowledged in epoch 2, unless told otherwise. */
export function write(
  told: Partial<ObservedOperation> & Pick<ObservedOperation, 'completedAtMs'>,
): ObservedOperation {
  return {
    id: 7,
    kind: 'WRITE',
    session: 0,
    client: 0,
    key: 0,
    arrivedAtMs: told.completedAtMs,
    invokedAtMs: told.completedAtMs,
    outcome: 'OK',
    version: { epoch: 2, lsn: 1 },
    node: 1,
    effect: 'SET',
    operand: 0,
    cause: null,
    value: null,
    writer: 7,
    place: 0,
    ...told,
  };
}

/** The parts of a failover, by name. */
export function partsOf(failover: FailoverMeasurement): readonly (number | null)[] {
  const { detectionMs, electionMs, promotionMs, redirectionMs, recoveryMs } = failover;
  return [detectionMs, electionMs, promotionMs, redirectionMs, recoveryMs];
}
