import type { LogEntry } from '../../src/engine/message';
import type { RunHash } from '../../src/engine/run-hash';
import type {
  CopiedState,
  Discard,
  Failover,
  FaultEvent,
  FinalState,
  FollowerRecovery,
  LeadershipEvent,
  Notice,
  ObservedOperation,
  PositionSample,
  Reconciliation,
  ReplicaPosition,
} from '../../src/model/observer';
import type { Operation } from '../../src/model/operation';
import type { Value } from '../../src/model/value';

const READ: ObservedOperation = {
  id: 7,
  kind: 'READ',
  session: 3,
  client: 1,
  key: 5,
  arrivedAtMs: 1.25,
  invokedAtMs: 1.5,
  completedAtMs: 2.5,
  outcome: 'OK',
  version: { epoch: 1, lsn: 9 },
  node: 2,
  place: 0,
  effect: 'SET',
  operand: 0,
  cause: null,
  value: 4,
  writer: 4,
};
const DISCARD: Discard = { node: 1, operation: 4, key: 5, version: { epoch: 1, lsn: 9 }, atMs: 3 };
const MEETING: Reconciliation = { replica: 1, key: 5, operations: [3, 4], dropped: null, atMs: 3 };
const REIGN: LeadershipEvent = { kind: 'BEGAN', node: 1, shard: 0, epoch: 2, atMs: 3 };
const FAILOVER: Failover = {
  oldLeader: 0,
  newLeader: 1,
  shard: 0,
  oldEpoch: 1,
  epoch: 2,
  detectedAtMs: 2,
  electedAtMs: 2.5,
  atMs: 3,
  condition: 'DOWN',
  reachedNodes: 1,
};
const NOTICE: Notice = { kind: 'ELECTED', node: 1, about: 0, figures: [2], shard: 0, atMs: 3 };
const COPY: CopiedState = { replica: 1, shard: 0, version: { epoch: 1, lsn: 9 }, atMs: 3 };
const RECOVERY: FollowerRecovery = {
  replica: 1,
  shard: 0,
  restartedAtMs: 3,
  positionKnownAtMs: 4,
  answeredAtMs: 5,
  caughtUpAtMs: 6,
  liveAtMs: 7,
  entries: 8,
  copiedBytes: 0,
};
const POSITION: ReplicaPosition = {
  node: 1,
  upstream: 0,
  sentLsn: 9,
  writeLsn: 8,
  flushLsn: 7,
  replayLsn: 6,
  leaderLsn: 10,
  lagBytes: 400,
  lagMs: 2.5,
};
const SAMPLE: PositionSample = { atMs: 3, replicas: [POSITION], logBytes: [1000, 600] };
const ENTRY: LogEntry = {
  epoch: 1,
  lsn: 9,
  key: 5,
  operation: 4,
  effect: 2,
  operand: -3,
  timestampMs: 0,
  cause: null,
};
const CUT: FaultEvent = { kind: 'PARTITION', atMs: 3, nodes: [1, 2], text: ['between a and b', 'c'] };

/** Tells one fact to a hash. */
export type Call = (hash: RunHash) => void;

const arrived = (change: Partial<Operation> = {}, atMs = 1.25): Call => {
  return (hash) => hash.operationArrived({ ...READ, ...change }, atMs);
};
const ended = (change: Partial<ObservedOperation> = {}, atMs = 2.5): Call => {
  return (hash) => hash.operationEnded({ ...READ, ...change }, atMs);
};
export const invoked = (id = 7, atMs = 1.5): Call => {
  return (hash) => hash.operationInvoked({ ...READ, id }, atMs);
};
const committed = (change: Partial<LogEntry> = {}, node = 0, atMs = 2): Call => {
  return (hash) => hash.committed(node, { ...ENTRY, ...change }, atMs);
};
export const applied = (node = 1, operation = 4, atMs = 2): Call => {
  return (hash) => hash.applied(node, operation, atMs);
};
const fault = (change: Partial<FaultEvent> = {}): Call => {
  return (hash) => hash.fault({ ...CUT, ...change });
};
const discarded = (change: Partial<Discard> = {}): Call => {
  return (hash) => hash.discarded({ ...DISCARD, ...change });
};
const reconciled = (change: Partial<Reconciliation> = {}): Call => {
  return (hash) => hash.reconciled({ ...MEETING, ...change });
};
const leadership = (change: Partial<LeadershipEvent> = {}): Call => {
  return (hash) => hash.leadership({ ...REIGN, ...change });
};
const failedOver = (change: Partial<Failover> = {}): Call => {
  return (hash) => hash.failedOver({ ...FAILOVER, ...change });
};
const noticed = (change: Partial<Notice> = {}): Call => {
  return (hash) => hash.noticed({ ...NOTICE, ...change });
};
const copied = (change: Partial<CopiedState> = {}): Call => {
  return (hash) => hash.copied({ ...COPY, ...change });
};
const recovered = (change: Partial<FollowerRecovery> = {}): Call => {
  return (hash) => hash.recovered({ ...RECOVERY, ...change });
};
const sampled = (change: Partial<PositionSample> = {}): Call => {
  return (hash) => hash.positions({ ...SAMPLE, ...change });
};
/** Histories of which each has another number in one of the fields. */
function eachChanged<Fact extends object>(
  what: string,
  fact: Fact,
  told: (change: Partial<Fact>) => Call,
): Record<string, readonly Call[]> {
  const numbers = Object.entries(fact).filter(([, value]) => typeof value === 'number');
  const changes = numbers.map(([field, value]) => ({ [field]: Number(value) + 20 }) as Partial<Fact>);
  return Object.fromEntries([
    [what, [told({})]],
    ...changes.map((change): [string, readonly Call[]] => [
      `${what} of another ${Object.keys(change)[0]}`,
      [told(change)],
    ]),
  ]);
}
const state = (values: readonly Value[], node = 0, lsn = 1, logBytes?: number): Call => {
  const states: FinalState = {
    node,
    holds: () => true,
    versionOf: (key) => (values[key] === undefined ? null : { epoch: 1, lsn }),
    valueFor: (key) => values[key],
    ...(logBytes === undefined ? {} : { logBytes }),
  };
  return (hash) => hash.finalState(states, 4);
};

const PAST_ZERO = 1.25 + Number.EPSILON;

/** Histories of which each differs from every other in one fact, or in the order of two. */
export const HISTORIES: Readonly<Record<string, readonly Call[]>> = {
  nothing: [],
  'an arrival': [arrived()],
  'of a write': [arrived({ kind: 'WRITE' })],
  'of another operation': [arrived({ id: 8 })],
  'of another session': [arrived({ session: 4 })],
  'of another client': [arrived({ client: 0 })],
  'of another key': [arrived({ key: 6 })],
  'a bit later': [arrived({}, PAST_ZERO)],
  'at minus that time': [arrived({}, -1.25)],
  'an invocation': [invoked()],
  'an invocation at another time': [invoked(7, 1.75)],
  'an invocation of another operation': [invoked(8)],
  'an end': [ended()],
  'an end at another time': [ended({}, 2.75)],
  'an end that failed': [ended({ outcome: 'FAILED' })],
  'an end that is unknown': [ended({ outcome: 'UNKNOWN' })],
  'an end with another version': [ended({ version: { epoch: 1, lsn: 10 } })],
  'an end with another epoch': [ended({ version: { epoch: 2, lsn: 9 } })],
  'an end without a version': [ended({ version: null })],
  'an end at another node': [ended({ node: 0 })],
  'an end at no node': [ended({ node: null })],
  'an end with another writer': [ended({ writer: 5, value: 5 })],
  'an end without a writer': [ended({ writer: null, value: null })],
  'an end with another value': [ended({ value: 5 })],
  'an end with no value': [ended({ value: null })],
  'an end with a set': [ended({ value: [4] })],
  'an end with another set': [ended({ value: [5] })],
  'a discard': [discarded()],
  'a discard at another node': [discarded({ node: 2 })],
  'a discard of another operation': [discarded({ operation: 5 })],
  'a discard of another key': [discarded({ key: 6 })],
  'a discard of another version': [discarded({ version: { epoch: 1, lsn: 10 } })],
  'a discard of another epoch': [discarded({ version: { epoch: 2, lsn: 9 } })],
  'a discard at another time': [discarded({ atMs: 4 })],
  'a meeting': [reconciled()],
  'a meeting at another replica': [reconciled({ replica: 2 })],
  'a meeting of another key': [reconciled({ key: 6 })],
  'a meeting of other writes': [reconciled({ operations: [3, 5] })],
  'a meeting that drops one': [reconciled({ dropped: 3 })],
  'a meeting that drops the other': [reconciled({ dropped: 4 })],
  'a meeting at another time': [reconciled({ atMs: 4 })],
  'a leader': [leadership()],
  'no more leader': [leadership({ kind: 'ENDED' })],
  'another leader': [leadership({ node: 2 })],
  'a leader in another epoch': [leadership({ epoch: 3 })],
  'a leader at another time': [leadership({ atMs: 4 })],
  'a leader of another shard': [leadership({ shard: 1 })],
  'a failover': [failedOver()],
  'a failover from another leader': [failedOver({ oldLeader: 2 })],
  'a failover to another leader': [failedOver({ newLeader: 2 })],
  'a failover detected at another time': [failedOver({ detectedAtMs: 1 })],
  'a failover at another time': [failedOver({ atMs: 4 })],
  'a failover from a leader that paused': [failedOver({ condition: 'PAUSED' })],
  'a failover from a leader that ran': [failedOver({ condition: 'RUNNING' })],
  'a failover from a leader that reached more': [failedOver({ reachedNodes: 2 })],
  'a failover in another shard': [failedOver({ shard: 1 })],
  'a failover from another epoch': [failedOver({ oldEpoch: 0 })],
  'a failover to another epoch': [failedOver({ epoch: 3 })],
  'a failover elected at another time': [failedOver({ electedAtMs: 2 })],
  ...eachChanged('a notice', NOTICE, noticed),
  'a notice of another kind': [noticed({ kind: 'CUT_POWER' })],
  'a notice about nobody': [noticed({ about: null })],
  'a notice of another figure': [noticed({ figures: [2.5] })],
  'a notice of more figures': [noticed({ figures: [2, 0] })],
  'a notice without figures': [noticed({ figures: [] })],
  ...eachChanged('a copy', COPY, copied),
  'a copy up to another version': [copied({ version: { epoch: 1, lsn: 10 } })],
  'a copy up to another epoch': [copied({ version: { epoch: 2, lsn: 9 } })],
  ...eachChanged('a recovery', RECOVERY, recovered),
  ...eachChanged('positions', SAMPLE, sampled),
  ...eachChanged('the position', POSITION, (change) =>
    sampled({ replicas: [{ ...POSITION, ...change }, POSITION] }),
  ),
  'the positions of nobody': [sampled({ replicas: [] })],
  'positions with another log': [sampled({ logBytes: [1000, 601] })],
  'positions with more logs': [sampled({ logBytes: [1000, 600, 0] })],
  'a commit': [committed()],
  'a commit of another key': [committed({ key: 6 })],
  'a commit of another operation': [committed({ operation: 5 })],
  'a commit with another effect': [committed({ effect: 3 })],
  'a commit with another operand': [committed({ operand: 3 })],
  'a commit of another version': [committed({ lsn: 10 })],
  'a commit of another epoch': [committed({ epoch: 2 })],
  'a commit at another node': [committed({}, 1)],
  'a commit at another time': [committed({}, 0, 3)],
  'an apply': [applied()],
  'an apply at another node': [applied(2)],
  'an apply of another operation': [applied(1, 5)],
  'an apply at another time': [applied(1, 4, 3)],
  'a commit and an apply': [committed(), applied()],
  'an apply and a commit': [applied(), committed()],
  'a fault': [fault()],
  'another fault': [fault({ kind: 'HEAL' })],
  'a fault of other nodes': [fault({ nodes: [2, 1] })],
  'a fault of fewer nodes': [fault({ nodes: [1] })],
  'a fault told otherwise': [fault({ text: ['between a and bc', ''] })],
  'a fault at another time': [fault({ atMs: 4 })],
  'clients that stop': [(hash) => hash.clientsStopped(5)],
  'clients that stop later': [(hash) => hash.clientsStopped(6)],
  'an empty state': [state([])],
  'an empty state of another node': [state([], 1)],
  'a log': [state([], 0, 1, 1000)],
  'an empty log': [state([], 0, 1, 0)],
  'a key': [state([1])],
  'a key with another value': [state([2])],
  'a key with another version': [state([1], 0, 2)],
  'a key with a set': [state([[1]])],
  'a key with a larger set': [state([[1, 2]])],
  'a deleted key': [state([null])],
  'two keys': [state([1, 1])],
};
