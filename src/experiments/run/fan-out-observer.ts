import type { Commit, FaultEvent, FinalState, Observer } from '../../model/observer';
import type { Operation } from '../../model/operation';

/** Tells every observer, in their order. */
export class FanOutObserver implements Observer {
  constructor(private readonly observers: readonly Observer[]) {}

  operationInvoked(operation: Operation): void {
    for (const observer of this.observers) observer.operationInvoked(operation);
  }

  operationEnded(operation: Operation): void {
    for (const observer of this.observers) observer.operationEnded(operation);
  }

  committed(commit: Commit): void {
    for (const observer of this.observers) observer.committed(commit);
  }

  applied(replica: number, operation: number, atMs: number): void {
    for (const observer of this.observers) observer.applied(replica, operation, atMs);
  }

  fault(event: FaultEvent): void {
    for (const observer of this.observers) observer.fault(event);
  }

  clientsStopped(atMs: number): void {
    for (const observer of this.observers) observer.clientsStopped(atMs);
  }

  settled(atMs: number, states: readonly FinalState[]): void {
    for (const observer of this.observers) observer.settled(atMs, states);
  }
}
