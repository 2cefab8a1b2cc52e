import type { Commit, FaultEvent, FinalState, ObservedOperation, Observer } from '../../model/observer';

/** Listens to some of the events of a run. */
export type Listener = Partial<Observer>;

/** Tells every listener what it listens to, in their order; nobody is called for what it leaves out. */
export class FanOutObserver implements Observer {
  private readonly toInvoked: readonly Pick<Observer, 'operationInvoked'>[];
  private readonly toEnded: readonly Pick<Observer, 'operationEnded'>[];
  private readonly toCommitted: readonly Pick<Observer, 'committed'>[];
  private readonly toApplied: readonly Pick<Observer, 'applied'>[];
  private readonly toFault: readonly Pick<Observer, 'fault'>[];
  private readonly toClientsStopped: readonly Pick<Observer, 'clientsStopped'>[];
  private readonly toSettled: readonly Pick<Observer, 'settled'>[];

  constructor(listeners: readonly Listener[]) {
    this.toInvoked = listeningTo('operationInvoked', listeners);
    this.toEnded = listeningTo('operationEnded', listeners);
    this.toCommitted = listeningTo('committed', listeners);
    this.toApplied = listeningTo('applied', listeners);
    this.toFault = listeningTo('fault', listeners);
    this.toClientsStopped = listeningTo('clientsStopped', listeners);
    this.toSettled = listeningTo('settled', listeners);
  }

  operationInvoked(operation: ObservedOperation): void {
    const listeners = this.toInvoked;
    for (let index = 0; index < listeners.length; index++) listeners[index].operationInvoked(operation);
  }

  operationEnded(operation: ObservedOperation): void {
    const listeners = this.toEnded;
    for (let index = 0; index < listeners.length; index++) listeners[index].operationEnded(operation);
  }

  committed(commit: Commit): void {
    const listeners = this.toCommitted;
    for (let index = 0; index < listeners.length; index++) listeners[index].committed(commit);
  }

  applied(replica: number, operation: number, atMs: number): void {
    const listeners = this.toApplied;
    for (let index = 0; index < listeners.length; index++) listeners[index].applied(replica, operation, atMs);
  }

  fault(event: FaultEvent): void {
    for (const listener of this.toFault) listener.fault(event);
  }

  clientsStopped(atMs: number): void {
    for (const listener of this.toClientsStopped) listener.clientsStopped(atMs);
  }

  settled(atMs: number, states: readonly FinalState[]): void {
    for (const listener of this.toSettled) listener.settled(atMs, states);
  }
}

function listeningTo<Event extends keyof Observer>(
  event: Event,
  listeners: readonly Listener[],
): readonly Pick<Observer, Event>[] {
  return listeners.filter(
    (listener): listener is Pick<Observer, Event> & Listener => listener[event] !== undefined,
  );
}
