import type { ObservedOperation, Observer } from '../../../src/model/observer';
import type { Version } from '../../../src/model/version';
import { OPEN } from './drafts';
import { lent, spoil } from './final-states';
import type { Moment, OperationEvent } from './moments';
import type { History } from '../history-notation';

type Shared = { -readonly [Field in keyof ObservedOperation]: ObservedOperation[Field] };

/** Tells the history to an observer, in objects that are used again for every event, as the engine may. */
export function play(told: History, observer: Partial<Observer>): void {
  const { moments, open, settledAtMs, states } = told;
  const shared: Shared = { ...UNKNOWN_YET };
  for (const moment of moments) tell(moment, shared, observer);
  observer.clientsStopped?.(settledAtMs);
  for (const operation of open)
    tell({ kind: 'ENDED', operation: { ...operation, completedAtMs: settledAtMs } }, shared, observer);
  observer.settled?.(settledAtMs, states, false);
}

/** Sessions hear with the same object again and again. */
function tell(moment: Moment, shared: Shared, observer: Partial<Observer>): void {
  if (!('operation' in moment)) tellOfNodes(moment, observer);
  else if (moment.kind === 'INVOKED') {
    Object.assign(shared, moment.operation, OPEN);
    observer.operationInvoked?.(shared);
  } else {
    Object.assign(shared, moment.operation);
    shared.version = lent(moment.operation.version);
    observer.operationEnded?.(shared);
    spoil(shared.version);
  }
}

function tellOfNodes(moment: Exclude<Moment, OperationEvent>, observer: Partial<Observer>): void {
  if (moment.kind === 'COMMITTED') lend(moment.commit, (commit) => observer.committed?.(commit));
  else if (moment.kind === 'DISCARDED') lend(moment.discard, (discard) => observer.discarded?.(discard));
  else if (moment.kind === 'RECONCILED') lend(moment.reconciliation, (met) => observer.reconciled?.(met));
  else if (moment.kind === 'LEADERSHIP') lend(moment.event, (event) => observer.leadership?.(event));
  else if (moment.kind === 'FAILED_OVER')
    lend(moment.failover, (failover) => observer.failedOver?.(failover));
  else lend(moment.fault, (fault) => observer.fault?.(fault));
}

/** Whoever keeps what it heard is found out. */
function lend<Event extends object>(event: Event, hear: (event: Event) => void): void {
  const loan: Event & { version?: Version | null } = { ...event };
  if (loan.version !== undefined) loan.version = lent(loan.version);
  hear(loan);
  spoil(loan.version ?? null);
  for (const field of Object.keys(loan)) Object.assign(loan, { [field]: null });
}

const UNKNOWN_YET: ObservedOperation = {
  ...OPEN,
  id: -1,
  kind: 'READ',
  session: 0,
  client: 0,
  key: 0,
  arrivedAtMs: 0,
  invokedAtMs: 0,
  effect: 'SET',
  operand: 0,
  cause: null,
  place: 0,
};
