import { isMeasured, type Operation } from '../../src/model/operation';

/** What can be stale: reads answered OK that arrived in [0, durationMs). */
export function relevantReads(operations: readonly Operation[], durationMs: number): readonly Operation[] {
  return operations.filter(
    (operation) =>
      operation.kind === 'READ' && operation.outcome === 'OK' && isMeasured(operation, { durationMs }),
  );
}
