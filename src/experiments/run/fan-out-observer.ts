import type {
  Commit,
  CopiedState,
  Discard,
  Failover,
  FaultEvent,
  FinalState,
  FollowerRecovery,
  LeadershipEvent,
  Notice,
  ObservedOperation,
  Observer,
  PositionSample,
  Reconciliation,
} from '../../model/observer';
import { SILENT_OBSERVER } from './silent-observer';

/** Listens to some of the events of a run. */
export type Listener = Partial<Observer>;

/** The events of every operation. */
type OftenTold = 'operationInvoked' | 'operationEnded' | 'committed' | 'applied';

/**
 * Tells every listener what it listens to, in their order; nobody is called for what it leaves out.
 *
 * What is told for every operation is told from a place of the code for each listener: V8 then knows whom each place calls, and
 * makes that call part of it. From a loop over all of them it costs four times as much.
 */
export class FanOutObserver implements Observer {
  private readonly invoked: Places<'operationInvoked'>;
  private readonly ended: Places<'operationEnded'>;
  private readonly commits: Places<'committed'>;
  private readonly applies: Places<'applied'>;

  constructor(private readonly listeners: readonly Listener[]) {
    this.invoked = placesFor('operationInvoked', listeners);
    this.ended = placesFor('operationEnded', listeners);
    this.commits = placesFor('committed', listeners);
    this.applies = placesFor('applied', listeners);
  }

  operationInvoked(operation: ObservedOperation): void {
    const places = this.invoked;
    places.first.operationInvoked(operation);
    places.second.operationInvoked(operation);
    places.third.operationInvoked(operation);
    places.fourth.operationInvoked(operation);
    if (places.areAll) return;
    places.fifth.operationInvoked(operation);
    places.sixth.operationInvoked(operation);
    places.seventh.operationInvoked(operation);
    places.others.operationInvoked(operation);
  }

  operationEnded(operation: ObservedOperation): void {
    const places = this.ended;
    places.first.operationEnded(operation);
    places.second.operationEnded(operation);
    places.third.operationEnded(operation);
    places.fourth.operationEnded(operation);
    if (places.areAll) return;
    places.fifth.operationEnded(operation);
    places.sixth.operationEnded(operation);
    places.seventh.operationEnded(operation);
    places.others.operationEnded(operation);
  }

  committed(commit: Commit): void {
    const places = this.commits;
    places.first.committed(commit);
    places.second.committed(commit);
    places.third.committed(commit);
    places.fourth.committed(commit);
    if (places.areAll) return;
    places.fifth.committed(commit);
    places.sixth.committed(commit);
    places.seventh.committed(commit);
    places.others.committed(commit);
  }

  applied(replica: number, operation: number, atMs: number): void {
    const places = this.applies;
    places.first.applied(replica, operation, atMs);
    places.second.applied(replica, operation, atMs);
    places.third.applied(replica, operation, atMs);
    places.fourth.applied(replica, operation, atMs);
    if (places.areAll) return;
    places.fifth.applied(replica, operation, atMs);
    places.sixth.applied(replica, operation, atMs);
    places.seventh.applied(replica, operation, atMs);
    places.others.applied(replica, operation, atMs);
  }

  discarded(discard: Discard): void {
    for (const listener of this.listeners) listener.discarded?.(discard);
  }

  reconciled(reconciliation: Reconciliation): void {
    for (const listener of this.listeners) listener.reconciled?.(reconciliation);
  }

  leadership(event: LeadershipEvent): void {
    for (const listener of this.listeners) listener.leadership?.(event);
  }

  failedOver(failover: Failover): void {
    for (const listener of this.listeners) listener.failedOver?.(failover);
  }

  noticed(notice: Notice): void {
    for (const listener of this.listeners) listener.noticed?.(notice);
  }

  copied(state: CopiedState): void {
    for (const listener of this.listeners) listener.copied?.(state);
  }

  recovered(recovery: FollowerRecovery): void {
    for (const listener of this.listeners) listener.recovered?.(recovery);
  }

  positions(sample: PositionSample): void {
    for (const listener of this.listeners) listener.positions?.(sample);
  }

  fault(event: FaultEvent): void {
    for (const listener of this.listeners) listener.fault?.(event);
  }

  clientsStopped(atMs: number): void {
    for (const listener of this.listeners) listener.clientsStopped?.(atMs);
  }

  settled(atMs: number, states: readonly FinalState[], isCutOff: boolean): void {
    for (const listener of this.listeners) listener.settled?.(atMs, states, isCutOff);
  }
}

/** Who is told of an event from which place; the last place tells all the others. */
interface Places<Event extends OftenTold> {
  readonly first: Pick<Observer, Event>;
  readonly second: Pick<Observer, Event>;
  readonly third: Pick<Observer, Event>;
  readonly fourth: Pick<Observer, Event>;
  /** There are no more than four. */
  readonly areAll: boolean;
  readonly fifth: Pick<Observer, Event>;
  readonly sixth: Pick<Observer, Event>;
  readonly seventh: Pick<Observer, Event>;
  readonly others: Pick<Observer, Event>;
}

function placesFor<Event extends OftenTold>(event: Event, all: readonly Listener[]): Places<Event> {
  const listeners = listeningTo(event, all);
  const place = (index: number): Pick<Observer, Event> => listeners[index] ?? SILENT_OBSERVER;
  return {
    first: place(0),
    second: place(1),
    third: place(2),
    fourth: place(3),
    areAll: listeners.length <= 4,
    fifth: place(4),
    sixth: place(5),
    seventh: place(6),
    others: listeners.length <= 8 ? place(7) : new FanOutObserver(listeners.slice(7)),
  };
}

function listeningTo<Event extends OftenTold>(
  event: Event,
  listeners: readonly Listener[],
): readonly Pick<Observer, Event>[] {
  return listeners.filter(
    (listener): listener is Pick<Observer, Event> & Listener => listener[event] !== undefined,
  );
}
