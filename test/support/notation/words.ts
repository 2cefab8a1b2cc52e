import type { Failover, FaultKind, LeadershipEvent } from '../../../src/model/observer';
import type { Effect, OperationKind, Outcome } from '../../../src/model/operation';
import type { Version } from '../../../src/model/version';
import { FINDING, findingOf, VERSION, versionOf, type Finding } from './values';

/** A word of the notation, taken apart; `history-notation.ts` says what they mean. */
export type Word =
  | { readonly is: 'BAR' }
  | { readonly is: 'ARRIVAL'; readonly session: number }
  | ({ readonly is: 'SEND' } & Sending)
  | { readonly is: 'END'; readonly session: number; readonly outcome: Outcome; readonly found: Finding }
  | ({ readonly is: 'COMMIT' | 'DISCARD' } & NodeWrite)
  | ({ readonly is: 'MEETING' } & Meeting)
  | ({ readonly is: 'LEADERSHIP' } & Omit<LeadershipEvent, 'atMs'>)
  | { readonly is: 'FAULT'; readonly kind: FaultKind; readonly nodes: readonly number[] }
  | ({ readonly is: 'FAILOVER' } & Omit<Failover, 'atMs' | 'detectedAtMs' | 'electedAtMs'>);

export interface Sending {
  readonly session: number;
  readonly kind: OperationKind;
  readonly effect: Effect;
  readonly operand: number;
  readonly key: number;
  readonly cause: number | null;
}

/** A node that committed or discarded a write; null: of the version that it ended with. */
export interface NodeWrite {
  readonly operation: number;
  readonly node: number;
  readonly version: Version | null;
}

export interface Meeting {
  readonly operations: readonly [number, number];
  readonly replica: number;
  readonly dropped: number | null;
}

export function wordOf(text: string): Word {
  for (const [pattern, read] of PATTERNS) {
    const found = pattern.exec(text);
    if (found !== null) return read(found.slice(1));
  }
  throw new Error(`not a word of the notation: ${text}`);
}

export function keyOf(letter: string | undefined): number {
  return (letter ?? '').charCodeAt(0) - 'a'.charCodeAt(0);
}

type Reading = (parts: readonly (string | undefined)[]) => Word;

const EFFECTS: Readonly<Record<string, Effect>> = { r: 'SET', w: 'SET', d: 'DELETE', i: 'INCREMENT' };
const FAULTS: Readonly<Record<string, FaultKind>> = {
  X: 'CRASH',
  R: 'RESTART',
  P: 'PAUSE',
  G: 'RESUME',
  U: 'UPGRADE',
  O: 'DATACENTER_OUTAGE',
  Z: 'FENCED',
};
const ABSENT: Finding = { version: null, writer: null };

const PATTERNS: readonly (readonly [RegExp, Reading])[] = [
  [/^(\d)([rwdi])([a-z])([+-]\d+)?(?:<(\d+))?$/, sending],
  [new RegExp(`^(\\d)=${FINDING}$`), ([session, ...found]) => end(session, 'OK', findingOf(found))],
  [/^(\d)!$/, ([session]) => end(session, 'FAILED', ABSENT)],
  [/^(\d)\?$/, ([session]) => end(session, 'UNKNOWN', ABSENT)],
  [/^(\d)@$/, ([session]) => ({ is: 'ARRIVAL', session: Number(session) })],
  [/^\|$/, () => ({ is: 'BAR' })],
  [new RegExp(`^([CD])(\\d+)@(\\d)(?:=(${VERSION}))?$`), nodeWrite],
  [/^M(\d+),(\d+)@(\d)(?:-(\d+))?$/, meeting],
  [/^([Ll])(\d)\.(\d+)(?:\/(\d))?$/, leadership],
  [
    /^([XRPGUOZ])(\d(?:,\d)*)$/,
    ([kind, nodes]) => ({ is: 'FAULT', kind: FAULTS[kind ?? ''], nodes: list(nodes) }),
  ],
  [/^F(\d)>(\d)(?::(RUNNING|PAUSED|DOWN),(\d))?$/, failover],
];

function sending([session, letter, key, operand, cause]: Parameters<Reading>[0]): Word {
  return {
    is: 'SEND',
    session: Number(session),
    kind: letter === 'r' ? 'READ' : 'WRITE',
    effect: EFFECTS[letter ?? ''],
    operand: Number(operand ?? 0),
    key: keyOf(key),
    cause: cause === undefined ? null : Number(cause),
  };
}

function end(session: string | undefined, outcome: Outcome, found: Finding): Word {
  return { is: 'END', session: Number(session), outcome, found };
}

function nodeWrite([letter, operation, node, version]: Parameters<Reading>[0]): Word {
  const is = letter === 'C' ? 'COMMIT' : 'DISCARD';
  return { is, operation: Number(operation), node: Number(node), version: versionOf(version) };
}

function meeting([one, other, replica, dropped]: Parameters<Reading>[0]): Word {
  return {
    is: 'MEETING',
    operations: [Number(one), Number(other)],
    replica: Number(replica),
    dropped: dropped === undefined ? null : Number(dropped),
  };
}

function leadership([letter, node, epoch, shard]: Parameters<Reading>[0]): Word {
  const kind = letter === 'L' ? 'BEGAN' : 'ENDED';
  return { is: 'LEADERSHIP', kind, node: Number(node), epoch: Number(epoch), shard: Number(shard ?? 0) };
}

function failover([oldLeader, newLeader, condition, reached]: Parameters<Reading>[0]): Word {
  return {
    is: 'FAILOVER',
    oldLeader: Number(oldLeader),
    newLeader: Number(newLeader),
    shard: 0,
    oldEpoch: 1,
    epoch: 2,
    condition: (condition ?? 'RUNNING') as Failover['condition'],
    reachedNodes: Number(reached ?? 3),
  };
}

function list(numbers: string | undefined): readonly number[] {
  return (numbers ?? '').split(',').map(Number);
}
