import type { Observer } from '../../model/observer';

/** Looks at nothing: fills a place where there is nobody. */
class SilentObserver implements Observer {
  operationInvoked(): void {}
  operationEnded(): void {}
  committed(): void {}
  applied(): void {}
  discarded(): void {}
  reconciled(): void {}
  leadership(): void {}
  failedOver(): void {}
  noticed(): void {}
  copied(): void {}
  recovered(): void {}
  positions(): void {}
  fault(): void {}
  clientsStopped(): void {}
  settled(): void {}
}

export const SILENT_OBSERVER: Observer = new SilentObserver();
