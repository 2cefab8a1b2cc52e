import { copyOf } from '../../src/checkers/operation-rows';
import type { ObservedOperation, RunOutline, Observer } from '../../src/model/observer';
import type { Operation, Outcome } from '../../src/model/operation';
import type { Version } from '../../src/model/version';

/**
 * Histories so small that ten fit on a screen. Words stand for events, each a millisecond after the one before:
 *
 *     0wx    session 0 sends a write of key x         0rx   … a read of key x
 *     0=5    it ends OK with version 5 of epoch 1     0=2.5 … of epoch 2     0=-  … OK, the key is absent
 *     0!     it failed                                0?    nobody knows how it ended
 *     0@     session 0's next operation arrives, and waits until it is sent
 *     |      time 0; a second one ends the measured duration
 *     ^…     the event happens at the same time as the one before
 *
 * `0wx 0=1 1rx 1=-`: session 0 wrote version 1 of x, then session 1 read x and found nothing.
 */
export interface History {
  readonly outline: RunOutline;
  readonly events: readonly HistoryEvent[];
}

export interface HistoryEvent {
  readonly kind: 'INVOKED' | 'ENDED';
  /** Whole, as it was at the end; `play` hides from an observer what is not yet known. */
  readonly operation: ObservedOperation;
}

export function history(text: string): History {
  const parsing = new Parsing();
  for (const word of text.trim().split(/\s+/)) parsing.read(word);
  return parsing.history();
}

/** Tells the history to an observer, in one object that is used again for every event, as the engine may. */
export function play({ events, outline }: History, observer: Partial<Observer>): void {
  const shared: { -readonly [Field in keyof ObservedOperation]: ObservedOperation[Field] } = {
    ...UNKNOWN_YET,
  };
  for (const { kind, operation } of events) {
    if (kind === 'INVOKED') {
      Object.assign(shared, operation, OPEN);
      observer.operationInvoked?.(shared);
    } else {
      Object.assign(shared, operation);
      observer.operationEnded?.(shared);
    }
  }
  observer.clientsStopped?.(outline.durationMs);
  observer.settled?.(outline.durationMs, []);
}

/** The operations that ended, in the order of their ids. */
export function operationsOf({ events }: History): readonly Operation[] {
  return events
    .filter(({ kind }) => kind === 'ENDED')
    .map(({ operation }) => copyOf(operation))
    .sort((one, other) => one.id - other.id);
}

const OPEN = { outcome: 'UNKNOWN', version: null, node: null, completedAtMs: NaN } as const;

const UNKNOWN_YET: ObservedOperation = {
  ...OPEN,
  id: -1,
  kind: 'READ',
  session: 0,
  client: 0,
  key: 0,
  arrivedAtMs: 0,
  invokedAtMs: 0,
  place: 0,
};

const WORD = /^(\^?)(?:(\d)(?:([wr])([a-z])|=(?:(-)|(?:(\d+)\.)?(\d+))|([!?@]))|(\|))$/;

interface Sent {
  readonly position: number;
  readonly operation: ObservedOperation;
}

class Parsing {
  private time = -1;
  private zero: number | null = null;
  private end: number | null = null;
  private sent = 0;
  private readonly open = new Map<number, Sent>();
  /** Not those of the sessions: whoever mistakes one for the other is found out. */
  private readonly places = [7, 2, 9, 0, 4, 8, 1, 6, 3, 5];
  private readonly arrived = new Map<number, number>();
  private readonly events: HistoryEvent[] = [];

  read(word: string): void {
    const parts = WORD.exec(word);
    if (parts === null) throw new Error(`not a word of the notation: ${word}`);
    const [, tie, session, kind, key, absent, epoch, lsn, mark, bar] = parts;
    if (tie !== '^') this.time += 1;
    if (bar !== undefined) this.bar();
    else if (kind !== undefined) this.send(Number(session), kind === 'w' ? 'WRITE' : 'READ', key);
    else if (mark === '@') this.arrived.set(Number(session), this.time);
    else if (mark === '!') this.close(Number(session), 'FAILED', null);
    else if (mark === '?') this.close(Number(session), 'UNKNOWN', null);
    else if (absent !== undefined) this.close(Number(session), 'OK', null);
    else this.close(Number(session), 'OK', { epoch: Number(epoch ?? 1), lsn: Number(lsn) });
  }

  history(): History {
    const zero = this.zero ?? 0;
    const durationMs = (this.end ?? this.time + 1) - zero;
    return { outline: { ...OUTLINE, durationMs }, events: this.events.map((event) => shifted(event, zero)) };
  }

  private bar(): void {
    if (this.zero === null) this.zero = this.time;
    else this.end = this.time;
  }

  private send(session: number, kind: 'READ' | 'WRITE', keyLetter: string): void {
    if (this.open.has(session)) throw new Error(`session ${session} is busy at ${this.time}`);
    const key = keyLetter.charCodeAt(0) - 'a'.charCodeAt(0);
    const arrivedAtMs = this.arrived.get(session) ?? this.time;
    const who = { id: this.sent++, kind, session, client: session % 2, key, place: this.takePlace() };
    const operation = { ...UNKNOWN_YET, ...who, arrivedAtMs, invokedAtMs: this.time };
    this.arrived.delete(session);
    this.open.set(session, { position: this.events.length, operation });
    this.events.push({ kind: 'INVOKED', operation });
  }

  private takePlace(): number {
    const place = this.places.pop();
    if (place === undefined) throw new Error('there is a place for each of ten sessions');
    return place;
  }

  private close(session: number, outcome: Outcome, version: Version | null): void {
    const sent = this.open.get(session);
    if (sent === undefined) throw new Error(`session ${session} has nothing open at ${this.time}`);
    const node = outcome === 'UNKNOWN' ? null : session % OUTLINE.nodes.length;
    const operation = { ...sent.operation, completedAtMs: this.time, outcome, version, node };
    this.open.delete(session);
    this.places.push(sent.operation.place);
    this.events[sent.position] = { kind: 'INVOKED', operation };
    this.events.push({ kind: 'ENDED', operation });
  }
}

function shifted({ kind, operation }: HistoryEvent, zero: number): HistoryEvent {
  const { arrivedAtMs, invokedAtMs, completedAtMs } = operation;
  const times = {
    arrivedAtMs: arrivedAtMs - zero,
    invokedAtMs: invokedAtMs - zero,
    completedAtMs: completedAtMs - zero,
  };
  return { kind, operation: { ...operation, ...times } };
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
