import type { FinalState, ObservedOperation, RunOutline } from '../../src/model/observer';
import type { Operation } from '../../src/model/operation';
import { copyOfVersion } from '../../src/model/version';
import type { Moment, OperationEvent } from './notation/moments';
import { Parsing } from './notation/parsing';

export { play } from './notation/play';

/**
 * Histories so small that ten fit on a screen. Words stand for events, each a millisecond after the one before:
 *
 *     0wx    session 0 sends a write of key x         0rx    … a read of key x
 *     0dx    … a delete                               0ix+3  … an increment by 3
 *     1wx<0  … a write that answers operation 0: operations are counted from 0 as they are sent
 *     0=5    it ends OK with version 5 of epoch 1     0=2.5  … of epoch 2     0=-  … OK, the key is absent
 *     0=[2,1] … a version vector                      0=~5:1 … last-write-wins: 5 ms at node 1
 *     0=5@2  the read got what operation 2 wrote: stated where that fails, or has no version of its own
 *     0=5#-2 … and its value is −2; # nothing, #{1,2} a set; left out, a register's: the id of its writer
 *     0!     it failed                                0?     nobody knows how it ended
 *     0@     session 0's next operation arrives, and waits until it is sent
 *     |      time 0; a second one ends the measured duration
 *     ^…     the event happens at the same time as the one before
 *
 *     C0@1   node 1 committed operation 0             D0@1   node 1 gave it up
 *     D0@1=5 … its version is 5, which nobody was told
 *     M0,1@2 operations 0 and 1 met at node 2, and both live on          M0,1@2-0  … operation 0 was dropped
 *     L1.2   node 1 began to lead in epoch 2          l1.2   … ended to lead          L1.2/3   … shard 3; left out, 0
 *     X1 R1 P1 G1   node 1 crashed, restarted, paused, goes on            U1  O0,1  an upgrade, an outage
 *     F0>1   node 1 took over from node 0, which was running and could be reached by all three nodes
 *     F0>1:PAUSED,2 … which was paused (RUNNING, PAUSED, DOWN), and reached by two
 *     ;      the end; what nodes hold then: 0:x=5,y=-{0,2}  node 0 has version 5 of x, no y, and the writes 0 and 2;
 *            0 alone: no key, and whatever was committed or acknowledged and not given up by that node
 *
 * `0wx 0=1 1rx 1=-`: session 0 wrote version 1 of x, then session 1 read x and found nothing. Session s is answered by the
 * node s mod 3. Whatever is under way at the end ends as UNKNOWN.
 */
export interface History {
  readonly text: string;
  readonly outline: RunOutline;
  /** In the order in which they happened. */
  readonly moments: readonly Moment[];
  /** Of these, what sessions sent and heard. */
  readonly events: readonly OperationEvent[];
  /** Under way at the end. */
  readonly open: readonly ObservedOperation[];
  readonly states: readonly FinalState[];
  readonly settledAtMs: number;
}

/** What words cannot say of a run. */
export type HistoryOptions = Partial<
  Pick<RunOutline, 'nodes' | 'keys' | 'invariants' | 'versionOrder' | 'shardOf'>
>;

/** Left out: three nodes, all letters, no invariants, and an order that is PARTIAL if any version is not one of a log. */
export function history(text: string, options: HistoryOptions = {}): History {
  const [words, states] = text.split(';').map((part) => part.split(/\s+/).filter((word) => word !== ''));
  const parsing = new Parsing({ ...OUTLINE, ...options });
  for (const word of words) parsing.read(word);
  const { moments, open, durationMs, settledAtMs, ...meaning } = parsing.meaning(states ?? []);
  const { versionOrder, hasCauses, hasDeletes } = meaning;
  return {
    text,
    outline: { ...OUTLINE, durationMs, versionOrder, hasCauses, hasDeletes, invariants: [], ...options },
    moments,
    events: moments.filter((moment): moment is OperationEvent => 'operation' in moment),
    open,
    states: meaning.states,
    settledAtMs: Math.max(durationMs, settledAtMs),
  };
}

/** The operations that ended, in the order of their ids. */
export function operationsOf({ events }: Pick<History, 'events'>): readonly Operation[] {
  return events
    .filter(({ kind }) => kind === 'ENDED')
    .map(({ operation }) => plain(operation))
    .sort((one, other) => one.id - other.id);
}

/** What a witness says of it. */
function plain(operation: ObservedOperation): Operation {
  const { id, kind, session, client, key, arrivedAtMs, invokedAtMs, completedAtMs, outcome, version, node } =
    operation;
  const times = { arrivedAtMs, invokedAtMs, completedAtMs };
  const copied = version === null ? null : copyOfVersion(version);
  return { id, kind, session, client, key, ...times, outcome, version: copied, node };
}

const OUTLINE: RunOutline = {
  repetition: 0,
  nodes: ['seoul-1', 'tokyo-1', 'us-west-1'],
  clientDatacenters: ['seoul', 'us-west'],
  sessions: 10,
  keys: 26,
  durationMs: 0,
  keyName: (key) => `key ${String.fromCharCode('a'.charCodeAt(0) + key)}`,
};
