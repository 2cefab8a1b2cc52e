import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LogEntry } from '../../src/engine/message';
import { RunHash, type RunTotals } from '../../src/engine/run-hash';
import type {
  Discard,
  Failover,
  FaultEvent,
  FinalState,
  LeadershipEvent,
  ObservedOperation,
  Reconciliation,
} from '../../src/model/observer';
import type { Operation } from '../../src/model/operation';
import type { Value } from '../../src/model/value';
import { createSimulation } from '../../src/protocols/create-simulation';
import { about, Chronicle, specOf, type Scene } from './scene';

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
const REIGN: LeadershipEvent = { kind: 'BEGAN', node: 1, epoch: 2, atMs: 3 };
const FAILOVER: Failover = {
  oldLeader: 0,
  newLeader: 1,
  detectedAtMs: 2,
  atMs: 3,
  condition: 'DOWN',
  reachedNodes: 1,
};
const ENTRY: LogEntry = { epoch: 1, lsn: 9, key: 5, operation: 4, effect: 2, operand: -3 };
const CUT: FaultEvent = { kind: 'PARTITION', atMs: 3, nodes: [1, 2], text: ['between a and b', 'c'] };
const TOTALS: RunTotals = { atMs: 1000, events: 10, messages: 5, bytes: 500 };

type Call = (hash: RunHash) => void;

const arrived = (change: Partial<Operation> = {}, atMs = 1.25): Call => {
  return (hash) => hash.operationArrived({ ...READ, ...change }, atMs);
};
const ended = (change: Partial<ObservedOperation> = {}, atMs = 2.5): Call => {
  return (hash) => hash.operationEnded({ ...READ, ...change }, atMs);
};
const invoked = (id = 7, atMs = 1.5): Call => {
  return (hash) => hash.operationInvoked({ ...READ, id }, atMs);
};
const committed = (change: Partial<LogEntry> = {}, node = 0, atMs = 2): Call => {
  return (hash) => hash.committed(node, { ...ENTRY, ...change }, atMs);
};
const applied = (node = 1, operation = 4, atMs = 2): Call => {
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

function hashOf(calls: readonly Call[], totals: Partial<RunTotals> = {}): string {
  const hash = new RunHash();
  for (const call of calls) call(hash);
  return hash.sealed({ ...TOTALS, ...totals });
}

const PAST_ZERO = 1.25 + Number.EPSILON;

/** Histories of which each differs from every other in one fact, or in the order of two. */
const HISTORIES: Readonly<Record<string, readonly Call[]>> = {
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
  'a failover': [failedOver()],
  'a failover from another leader': [failedOver({ oldLeader: 2 })],
  'a failover to another leader': [failedOver({ newLeader: 2 })],
  'a failover detected at another time': [failedOver({ detectedAtMs: 1 })],
  'a failover at another time': [failedOver({ atMs: 4 })],
  'a failover from a leader that paused': [failedOver({ condition: 'PAUSED' })],
  'a failover from a leader that ran': [failedOver({ condition: 'RUNNING' })],
  'a failover from a leader that reached more': [failedOver({ reachedNodes: 2 })],
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

describe('RunHash', () => {
  it('differs between histories of which one fact differs', () => {
    const hashes = Object.values(HISTORIES).map((calls) => hashOf(calls));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it.each(['atMs', 'events', 'messages', 'bytes'] as const)('differs between runs of other %s', (total) => {
    expect(hashOf([applied()], { [total]: 1 })).not.toBe(hashOf([applied()]));
  });

  it('tells a difference however long ago it was', () => {
    const rest = Array.from({ length: 1000 }, (_, index) => applied(index & 3, index));
    expect(hashOf([invoked(1), ...rest])).not.toBe(hashOf([invoked(2), ...rest]));
  });

  it('is 32 hexadecimal digits, the same on every machine', () => {
    expect(hashOf(Object.values(HISTORIES).flat())).toBe('904c858723fdcbadcaeacd2e1175b322');
  });

  it('changes half of its bits, whatever bit of one word changes', () => {
    const before = BigInt(`0x${hashOf([applied(1, 0)])}`);
    const changes = Array.from({ length: 31 }, (_, bit) => {
      const difference = before ^ BigInt(`0x${hashOf([applied(1, 2 ** bit)])}`);
      return difference.toString(2).replaceAll('0', '').length;
    });
    // 128 fair coins: a mean of 64 and a standard deviation of √32; five of them, and of the mean of 31 such.
    for (const bits of changes) expect(Math.abs(bits - 64)).toBeLessThan(5 * Math.sqrt(32));
    const mean = changes.reduce((sum, bits) => sum + bits, 0) / changes.length;
    expect(Math.abs(mean - 64)).toBeLessThan(5 * Math.sqrt(32 / 31));
  });
});

const SCENE: Scene = {
  datacenters: { a: 1, b: 2 },
  links: [{ between: ['a', 'b'], latency: about(15), loss: 0.02 }],
  serviceTime: about(0.5),
  fsync: about(1),
  reads: 'ANY_FOLLOWER',
  workload: { durationMs: 200, timeoutMs: 100 },
  faults: [{ crash: { node: 'a-1', atMs: 100, restartAfterMs: 30 } }],
};

function played(scene: Scene, seed: bigint, eventsAtOnce = Infinity): { hash: string; lines: string } {
  const observer = new Chronicle();
  const simulation = createSimulation({ spec: specOf(scene), seed, repetition: 0, observer });
  while (!simulation.done) simulation.advance(eventsAtOnce);
  return { hash: simulation.hash, lines: observer.lines.join('\n') };
}

describe('the hash of a simulation', () => {
  it('is the same for the same run, however it is cut into advances', () => {
    expect(played(SCENE, 1n, 7).hash).toBe(played(SCENE, 1n).hash);
  });

  it('differs exactly where something else was told', () => {
    const seed = fc.bigInt({ min: 0n, max: 20n });
    const scenes = [SCENE, { ...SCENE, faults: [] }, { ...SCENE, fsync: about(1.0000001) }];
    const scene = fc.constantFrom(...scenes);
    fc.assert(
      fc.property(seed, scene, seed, scene, (oneSeed, oneScene, otherSeed, otherScene) => {
        const [one, other] = [played(oneScene, oneSeed), played(otherScene, otherSeed)];
        expect(one.hash === other.hash).toBe(one.lines === other.lines);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('is not known before the end', () => {
    const observer = new Chronicle();
    const simulation = createSimulation({ spec: specOf(SCENE), seed: 1n, repetition: 0, observer });
    simulation.advance(10);
    expect(() => simulation.hash).toThrow('before it is done');
  });
});
